/** Value of `x-chasqui-signature` for a body sent at `timeS` (unix seconds). */
export async function signConnectorBody(body: string, secret: string, timeS: number): Promise<string> {
  const bytes = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", bytes.encode(secret), algorithm, false, ["sign"]);
  const digest = new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes.encode(`${timeS}.${body}`)));
  return `t=${timeS},v1=${Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
