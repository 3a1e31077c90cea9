import { deps } from "../../lib/deps.ts";
import { endpoint } from "../../lib/http.ts";
import { handleWebhook, handshake } from "../../lib/webhook/handle.ts";

export const config = { runtime: "edge" };

export default endpoint({
  GET: (request) => handshake(request, deps().verifyToken),
  POST: (request) => handleWebhook(request, deps()),
});
