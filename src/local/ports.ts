import { createServer } from 'node:net';

/** A port that is wanted, and the variable that moves it. */
export interface Wanted {
  variable: string;
  port: number;
  host?: string;
}

/** Throws an `Error` with a line for each port that cannot be had, naming the variable to change. */
export async function checkPorts(wanted: Wanted[]): Promise<void> {
  const faults: string[] = [];
  for (const [place, one] of wanted.entries()) {
    const twin = wanted.slice(0, place).find(({ port }) => port === one.port);
    const why = twin ? `is ${twin.variable} as well` : await whyNot(one);
    if (why) faults.push(`Port ${one.port} ${why}: set ${one.variable} to another one.`);
  }
  if (faults.length > 0) throw new Error(faults.join('\n'));
}

async function whyNot({ port, host = '127.0.0.1' }: Wanted): Promise<string | undefined> {
  if (port < 1 || port > 65_535) return 'is none that others could find';
  const code = await tryToListen(port, host);
  switch (code) {
    case undefined:
      return undefined;
    case 'EADDRINUSE':
      return 'is taken by another program';
    case 'EACCES':
      return 'may not be opened by this user';
    default:
      return `cannot be opened on ${host} (${code})`;
  }
}

function tryToListen(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    probe.listen(port, host, () => probe.close(() => resolve(undefined)));
  });
}

/** A port that nobody listens on right now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

/** A free port for the sandbox: its mail listens 25 above it. */
export async function freeSandboxPort(): Promise<number> {
  for (let port = await freePort(); ; port = await freePort()) {
    if (port < 65_000 && !(await tryToListen(port + 25, '127.0.0.1'))) return port;
  }
}
