import { hex } from "../file/formats.ts";

const encoder = new TextEncoder();

/** Header value that `numbersSignedFor` accepts for these bytes: `sha256=` and their HMAC-SHA256. */
export async function sign(body: string | Uint8Array<ArrayBuffer>, secret: string): Promise<string> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encoder.encode(secret), algorithm, false, ["sign"]);
  return `sha256=${hex(new Uint8Array(await crypto.subtle.sign("HMAC", key, typeof body === "string" ? encoder.encode(body) : body)))}`;
}
