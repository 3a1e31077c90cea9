import { deps } from "../lib/deps.ts";
import { checkHealth } from "../lib/health.ts";
import { endpoint } from "../lib/http.ts";

export const config = { runtime: "edge" };

export default endpoint({
  GET: async () => {
    const health = await checkHealth(deps());
    return Response.json(health, {
      status: health.status === "down" ? 503 : 200,
      headers: { "cache-control": "no-store" },
    });
  },
});
