import { deps } from "../lib/compose/deps.ts";
import { endpoint, hasBearer } from "../lib/http/endpoint.ts";
import { publicHealth } from "../lib/jobs/health.ts";

export const config = { runtime: "edge" };

export default endpoint({
  GET: async (request) => {
    const { health, cronSecret } = deps();
    const [all, operator] = await Promise.all([
      health(),
      cronSecret !== null && hasBearer(request, cronSecret),
    ]);
    return Response.json(operator ? all : publicHealth(all), {
      status: all.status === "down" ? 503 : 200,
      headers: { "cache-control": "no-store" },
    });
  },
});
