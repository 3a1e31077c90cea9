import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** The token that the Vercel Blob stand-in accepts. */
export const BLOB_TOKEN = "vercel_blob_rw_abcDEF123_secretsecretsecret";

/** Vercel Blob's HTTP API on loopback: a store of private files. */
export interface BlobEndpoint {
  url: string;
  files: Map<string, { bytes: Buffer; mimeType: string }>;
  /** Every request: its method and path, and for deletions how many files they name. */
  requests: { method: string; path: string; urls: number }[];
  /** Answers the next requests in its place until it is null again. */
  fault: ((response: ServerResponse, request: IncomingMessage) => void) | null;
  close(): Promise<void>;
}

export async function startBlob(): Promise<BlobEndpoint> {
  const files: BlobEndpoint["files"] = new Map();
  const requests: BlobEndpoint["requests"] = [];
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const { method = "", url: path = "" } = request;
    const urls: string[] = path === "/delete" ? JSON.parse(body.toString()).urls : [];
    requests.push({ method, path, urls: urls.length });
    if (blob.fault) return blob.fault(response, request);
    const refusal = refusalOf(request);
    if (refusal) return send(response, 400, { error: { code: refusal, message: `It says ${refusal}.` } });
    if (method === "POST") {
      for (const name of urls) files.delete(name);
      return send(response, 200, null);
    }
    if (method === "GET") return read(path, response);
    const pathname = new URL(path, "http://localhost").searchParams.get("pathname") ?? "";
    files.set(pathname, { bytes: body, mimeType: String(request.headers["x-content-type"]) });
    send(response, 200, { url: `https://abcdef123.private.blob.vercel-storage.com/${pathname}`, pathname });
  });
  /** A file, or where one is to be had. */
  const read = (path: string, response: ServerResponse): unknown => {
    const { pathname, searchParams } = new URL(path, "http://localhost");
    const asked = searchParams.get("url");
    const file = files.get(asked ?? pathname.slice(1));
    if (!file) return send(response, 404, { error: { code: "not_found", message: "It says not_found." } });
    if (asked !== null) return send(response, 200, { url: `${blob.url}/${asked}`, pathname: asked });
    return response.writeHead(200, { "content-type": file.mimeType }).end(file.bytes);
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const blob: BlobEndpoint = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    files,
    requests,
    fault: null,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return blob;
}

/** Problem with a request that the service would refuse. */
function refusalOf({ headers, method, url = "" }: IncomingMessage): string | null {
  if (headers.authorization !== `Bearer ${BLOB_TOKEN}`) return "forbidden";
  // Files themselves come from another host.
  if (method === "GET" && !url.startsWith("/?")) return null;
  if (headers["x-api-version"] !== "12") return "bad_request";
  if (headers["x-vercel-blob-store-id"] !== "abcDEF123") return "store_not_found";
  if (method === "GET") return url.startsWith("/?url=") ? null : "bad_request";
  if (method === "POST") return url === "/delete" ? null : "not_found";
  const kept = headers["x-vercel-blob-access"] === "private" && headers["x-add-random-suffix"] === "0";
  return method === "PUT" && url.startsWith("/?pathname=") && kept ? null : "bad_request";
}

export function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
