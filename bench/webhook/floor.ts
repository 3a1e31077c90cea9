import { numbersSignedFor, parseSignature } from "../../lib/crypto/signature.ts";
import { parseWebhook } from "../../lib/whatsapp/inbound/payload.ts";

/** The minimum of any bot before it answers Meta: verify and parse the bytes. It stores nothing and sends no reply. */
export async function floor(request: Request): Promise<Response> {
  const payload = await verified(request);
  if (payload === null) return new Response(null, { status: 401 });
  const { messages } = parseWebhook(payload, Date.now());
  return Response.json({ received: messages.length });
}

/** The webhook's JSON; null when Meta has not signed it. */
export async function verified(request: Request): Promise<unknown> {
  const body = new Uint8Array(await request.arrayBuffer());
  const secret = process.env.WHATSAPP_APP_SECRET ?? "";
  const signature = parseSignature(request.headers.get("x-hub-signature-256"));
  const numbers = await numbersSignedFor(body, signature, [{ secret, phoneNumberIds: [] }]);
  return numbers === null ? null : JSON.parse(new TextDecoder().decode(body));
}
