import { createServer, type RequestListener, type Server } from 'node:http';
import { z } from 'zod';

/** Idle connections are kept this long, in real milliseconds: longer than any till keeps them. */
const keepAliveMs = 75_000;

/** A port on loopback that can stop listening and start again. */
export interface Line {
  readonly port: number;
  isUp(): boolean;
  /** Refuses new connections from now on and closes idle ones; requests under way go on. */
  down(): void;
  /** @throws if the port has been taken by someone else meanwhile. */
  up(): Promise<void>;
  /** Ends everything, open requests too. */
  close(): Promise<void>;
}

export interface LineOptions {
  /** The port to use; 0 for any. */
  readonly port: number;
  /** A port to try first when any will do. */
  readonly preferred: number;
  readonly handle: RequestListener;
}

/** @throws if the wanted port is taken. A port that is only preferred gives way to a free one. */
export async function openLine({ port, preferred, handle }: LineOptions): Promise<Line> {
  const servers = new Set<Server>();
  let closed = false;
  const listen = async (wanted: number): Promise<Server> => {
    const server = await listening(handle, wanted);
    servers.add(server);
    server.once('close', () => servers.delete(server));
    return server;
  };
  let server: Server | null =
    port === 0 ? await listen(preferred).catch(() => listen(0)) : await listen(port);
  const bound = z.object({ port: z.number() }).parse(server.address()).port;

  const down = (): void => {
    server?.close();
    server = null;
  };
  return {
    port: bound,
    isUp: () => server !== null,
    down,
    async up() {
      server ??= await listen(bound);
      if (closed) down();
    },
    async close() {
      closed = true;
      down();
      await Promise.all(
        [...servers].map(
          (one) =>
            new Promise<void>((done) => {
              one.once('close', done);
              one.closeAllConnections();
            }),
        ),
      );
    },
  };
}

function listening(handle: RequestListener, port: number): Promise<Server> {
  // A push is answered when the customer decides, so no limit on how long a request may take.
  const server = createServer({ keepAliveTimeout: keepAliveMs, requestTimeout: 0 }, handle);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1' }, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}
