import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A way to a server that can be shut: connections stay open and nothing passes any more. */
export interface Gate {
  address: string;
  shut(): void;
  close(): Promise<void>;
}

/** Opens a gate before a server, given as `host:port`. */
export async function openGate(to: string): Promise<Gate> {
  const { hostname, port } = new URL(`http://${to}`);
  const sockets = new Set<Socket>();
  let isShut = false;
  const server = createServer((near) => {
    if (isShut) return void near.destroy();
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      // Either end may break: that is what the gate is for.
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
    }
    near.pipe(far);
    far.pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const shut = () => {
    isShut = true;
    for (const socket of sockets) socket.unpipe().pause();
  };
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  };
  return { address: `127.0.0.1:${(server.address() as { port: number }).port}`, shut, close };
}
