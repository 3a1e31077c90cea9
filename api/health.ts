import { composeHealth } from "../lib/compose/health.ts";
import { type Platform, vercel } from "../lib/compose/platform.ts";
import { hasBearer } from "../lib/crypto/same-text.ts";
import { endpoint } from "../lib/http/endpoint.ts";
import { publicHealth } from "../lib/jobs/health.ts";

export const config = { runtime: "edge" };

export const create = (platform: Platform) =>
  endpoint(() => composeHealth(platform), {
    GET: async (request, { health, cronSecret }) => {
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

export default create(vercel);
