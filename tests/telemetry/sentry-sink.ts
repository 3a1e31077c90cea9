import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

/** One envelope as it came. */
interface Arrived {
  path: string;
  headers: IncomingHttpHeaders;
  /** Header, item header, event. */
  lines: Record<string, unknown>[];
  body: string;
}

/** A Sentry on loopback that keeps what it is sent. */
export async function startSentrySink(
  answer: () => number | "reset" = () => 200,
): Promise<{ dsn: string; arrived: Arrived[]; close(): void }> {
  const arrived: Arrived[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const lines = body.split("\n").map((line): Record<string, unknown> => JSON.parse(line));
    arrived.push({ path: request.url ?? "", headers: request.headers, lines, body });
    const status = answer();
    if (status === "reset") request.socket.destroy();
    else response.writeHead(status).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    dsn: `http://public-key@127.0.0.1:${(server.address() as AddressInfo).port}/prefix/42`,
    arrived,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
