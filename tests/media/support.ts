import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { MediaSource } from "../../lib/media/file/fetch.ts";

/** The number and token that the media host stand-in knows. */
export const NUMBER = "106540352242922";
export const TOKEN = "EAAmedia-test-token-0123456789";

/** Faults of an offered file; absent fields are correct. */
export interface Offer {
  bytes: Uint8Array;
  mimeType?: string;
  /** Replace or remove (undefined) what is said of it. */
  facts?: Record<string, unknown>;
  /** In place of sending the bytes. */
  send?: (response: ServerResponse, request: IncomingMessage) => void;
  /** In place of the facts. */
  sendFacts?: (response: ServerResponse) => void;
}

/** Meta's media endpoints on loopback: `GET /v26.0/{id}` and the link that it gives. */
export interface MediaHost {
  url: string;
  source: MediaSource;
  /** Every request: its path and the token it carried. */
  requests: { path: string; authorization: string | undefined }[];
  offer(mediaId: string, offer: Offer): void;
  close(): Promise<void>;
}

export async function startMediaHost(): Promise<MediaHost> {
  const offers = new Map<string, Offer>();
  const requests: MediaHost["requests"] = [];
  let url = "";
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    requests.push({ path: request.url ?? "", authorization: request.headers.authorization });
    const [, place, id = ""] = pathname.split("/");
    const offer = offers.get(id);
    if (!offer) {
      response.writeHead(400, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: { code: 100, message: "Unsupported get request." } }));
    } else if (place === "file") sendFile(offer, request, response);
    else if (offer.sendFacts) offer.sendFacts(response);
    else response.end(JSON.stringify({ ...factsOf(offer, `${url}/file/${id}`), ...offer.facts }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    requests,
    source: {
      baseUrl: url,
      version: "v26.0",
      accessToken: (phoneNumberId) => (phoneNumberId === NUMBER ? TOKEN : null),
      hosts: [],
    },
    offer: (mediaId, offer) => offers.set(mediaId, offer),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function sendFile(
  { bytes, mimeType = "application/octet-stream", send }: Offer,
  request: IncomingMessage,
  response: ServerResponse,
) {
  if (send) return send(response, request);
  response.writeHead(200, { "content-type": mimeType, "content-length": bytes.byteLength });
  response.end(bytes);
}

function factsOf({ bytes, mimeType = "application/octet-stream" }: Offer, link: string) {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return {
    url: link,
    mime_type: mimeType,
    sha256,
    file_size: bytes.byteLength,
    messaging_product: "whatsapp",
  };
}

/** A server that notes who comes, to show that nobody does. */
export async function startBystander(): Promise<{ url: string; visits: string[]; close(): Promise<void> }> {
  const visits: string[] = [];
  const server = createServer((request, response) => {
    visits.push(request.headers.authorization ?? "(no token)");
    response.end("stolen");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    visits,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** A file that begins as that kind does. */
export const SAMPLES = {
  jpeg: Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1]),
  png: Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 73, 72, 68, 82]),
  webp: Buffer.concat([Buffer.from("RIFF"), Buffer.from([36, 0, 0, 0]), Buffer.from("WEBPVP8 ")]),
  html: Buffer.from("<!doctype html><title>Log in to continue</title>"),
  zip: Buffer.concat([Buffer.from("PK\u0003\u0004"), Buffer.alloc(60)]),
} as const;

/** An Ogg/Opus voice note of that length, in which the offline model hears `words`. */
export function voiceNote(seconds: number, words: string): Uint8Array {
  const page = (granule: number, ...payload: Uint8Array[]): Buffer => {
    const body = Buffer.concat(payload);
    const header = Buffer.alloc(27);
    header.write("OggS");
    header.writeBigUInt64LE(BigInt(granule), 6);
    header[26] = 1;
    return Buffer.concat([header, Buffer.from([Math.min(255, body.byteLength)]), body]);
  };
  const comment = Buffer.from(`TRANSCRIPT=${words}`);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(comment.byteLength);
  return Buffer.concat([
    page(0, Buffer.from("OpusHead"), Buffer.alloc(11)),
    page(0, Buffer.from("OpusTags"), length, comment),
    page(Math.round(seconds * 48_000), Buffer.alloc(40, 0x5a)),
  ]);
}
