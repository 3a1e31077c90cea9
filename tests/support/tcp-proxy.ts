import { type AddressInfo, createServer, type Server, Socket } from "node:net";

/** A wire to a server that can be cut, or fall silent. */
export interface TcpProxy {
  port: number;
  /** Nothing passes any more, in either direction, and nobody is told. */
  silence(): void;
  /** Every connection ends at once, and no other is taken. */
  cut(): Promise<void>;
  /** Passes again, on connections made from now on. */
  mend(): Promise<void>;
  close(): Promise<void>;
}

/** What a server far away adds: to each connection once, and to each way of what is sent. */
export interface Distance {
  connectMs: number;
  wayMs: number;
}

const HERE: Distance = { connectMs: 0, wayMs: 0 };

/** Stands on a free port of loopback in front of the server at `port`; as far away as told. */
export async function startTcpProxy(port: number, { connectMs, wayMs }: Distance = HERE): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let silent = false;
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on("error", () => {}).once("close", () => sockets.delete(socket));
    return socket;
  };
  const server = createServer((client) => {
    keep(client);
    if (silent) return;
    const upstream = keep(new Socket());
    const opensMs = performance.now() + connectMs;
    const pass = (to: Socket) => (chunk: Buffer) => {
      const waitMs = Math.max(0, opensMs - performance.now()) + wayMs;
      const write = () => void (!silent && !to.destroyed && to.write(chunk));
      if (waitMs === 0) write();
      else setTimeout(write, waitMs);
    };
    client.on("data", pass(upstream)).once("close", () => upstream.destroy());
    upstream.on("data", pass(client)).once("close", () => client.destroy());
    upstream.connect(port, "127.0.0.1");
  });
  const own = await listen(server, 0);
  const cut = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    port: own,
    silence() {
      silent = true;
    },
    cut,
    async mend() {
      // What was swallowed is missed on both sides: those connections are of no use.
      if (silent) for (const socket of sockets) socket.destroy();
      silent = false;
      if (!server.listening) await listen(server, own);
    },
    close: cut,
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      const address: AddressInfo | string | null = server.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    });
  });
}
