import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One request as the server saw it. */
export interface Seen {
  method: string | undefined;
  path: string | undefined;
  headers: IncomingHttpHeaders;
  body: unknown;
}

type Reply = (response: ServerResponse) => void;

export const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Reply =>
  (response) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));

export const accepted = json(200, { messaging_product: "whatsapp", messages: [{ id: "wamid.SENT" }] });

export const refused = (status: number, code: number, headers?: Record<string, string>): Reply =>
  json(status, { error: { message: "(#1) no", type: "OAuthException", code, fbtrace_id: "A" } }, headers);

/** An HTTP server that gives `replies` in turn, the last one for ever, and remembers what it was asked. */
export async function startScript(replies: Reply[], port = 0) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method, url: path, headers } = request;
      seen.push({ method, path, headers, body: JSON.parse(Buffer.concat(chunks).toString()) });
      replies[Math.min(seen.length, replies.length) - 1]?.(response);
    });
  });
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
  const address = server.address() as AddressInfo;
  return {
    seen,
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
