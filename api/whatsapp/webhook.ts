import { deps } from "../../lib/compose/deps.ts";
import { endpoint } from "../../lib/http/endpoint.ts";
import { handleWebhook, handshake } from "../../lib/webhook/handle.ts";

export const config = { runtime: "edge" };

export default endpoint({
  GET: (request) => handshake(request, deps().verifyToken),
  POST: (request) => handleWebhook(request, deps()),
});
