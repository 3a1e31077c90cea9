import { type Platform, vercel } from "../../lib/compose/platform.ts";
import { composeWebhook } from "../../lib/compose/webhook.ts";
import { endpoint } from "../../lib/http/endpoint.ts";
import { handleWebhook, handshake } from "../../lib/webhook/handle.ts";

export const config = { runtime: "edge" };

export const create = (platform: Platform) =>
  endpoint(() => composeWebhook(platform), {
    GET: (request, { verifyToken }) => handshake(request, verifyToken),
    POST: handleWebhook,
  });

export default create(vercel);
