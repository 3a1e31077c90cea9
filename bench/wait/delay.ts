import { type AddressInfo, createServer, Socket } from "node:net";

/** A server that is so far away: what goes to the one at `port`, or comes from it, takes half of `roundTripMs`. */
export async function startDistance(
  port: number,
  roundTripMs: number,
): Promise<{ port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket
      .setNoDelay(true)
      .on("error", () => {})
      .once("close", () => sockets.delete(socket));
  };
  const server = createServer((client) => {
    keep(client);
    const upstream = keep(new Socket());
    upstream.connect(port, "127.0.0.1");
    // Timers of one length end in their order.
    const later = (from: Socket, to: Socket) => {
      from.on("data", (chunk) => setTimeout(() => to.destroyed || to.write(chunk), roundTripMs / 2));
      from.once("close", () => setTimeout(() => to.destroy(), roundTripMs / 2));
    };
    later(client, upstream);
    later(upstream, client);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
