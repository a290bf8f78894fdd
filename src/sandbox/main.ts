import { parseArgs } from 'node:util';
import { createSandbox, type Sandbox, type SandboxOptions } from './sandbox.ts';

const USAGE =
  'Usage: sandbox [--port 3100] [--smtp-port 3125] [--data DIR] [--notify-base http://127.0.0.1:3000]';

const options = readOptions();
const sandbox = await createSandbox(options).catch(fail);
console.log(JSON.stringify({ ready: true, url: sandbox.url, smtpUrl: sandbox.smtpUrl }));
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop(sandbox));
// Started with a channel to its parent, it ends with the parent, however that ends.
if (process.channel) process.once('disconnect', () => stop(sandbox));

function readOptions(): SandboxOptions {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '3100' },
        'smtp-port': { type: 'string', default: '3125' },
        data: { type: 'string', default: '.pesan/sandbox' },
        'notify-base': { type: 'string', default: 'http://127.0.0.1:3000' },
      },
    });
    return {
      port: portOf('--port', values.port),
      smtpPort: portOf('--smtp-port', values['smtp-port']),
      dataDir: values.data,
      notifyBase: new URL(values['notify-base']).href,
    };
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    process.exit(2);
  }
}

function portOf(flag: string, text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Error(`${flag} wants a port from 0 to 65535, found '${text}'.`);
}

function fail(error: NodeJS.ErrnoException & { port?: number }): never {
  const taken = error.code === 'EADDRINUSE';
  const flag = error.port === options.smtpPort ? '--smtp-port' : '--port';
  console.error(
    taken
      ? `Port ${error.port} is taken; stop what uses it or choose another with ${flag}.`
      : `The sandbox cannot start: ${error.message}`,
  );
  process.exit(1);
}

async function stop(running: Sandbox): Promise<void> {
  // A socket that does not let go must not keep the process.
  setTimeout(() => process.exit(0), 2_000).unref();
  await running.close();
  process.exit(0);
}
