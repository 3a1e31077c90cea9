import { composeMetrics } from "../lib/compose/health.ts";
import { type Platform, vercel } from "../lib/compose/platform.ts";
import { hasBearer } from "../lib/crypto/same-text.ts";
import { endpoint } from "../lib/http/endpoint.ts";
import { errorResponse } from "../lib/http/error-response.ts";
import { PROMETHEUS_TYPE, prometheusText } from "../lib/insight/exports/prometheus.ts";

export const config = { runtime: "edge" };

export const create = (platform: Platform) =>
  endpoint(() => composeMetrics(platform), {
    GET: async (request, { token, figures, runDue, waitUntil }) => {
      if (token === null) return errorResponse(404, "off", "Set METRICS_TOKEN to have metrics here.");
      if (!(await hasBearer(request, token)))
        return errorResponse(401, "unauthorized", "Send METRICS_TOKEN as a bearer token.");
      const text = prometheusText((await figures()).families);
      waitUntil(runDue());
      return new Response(text, {
        headers: { "content-type": PROMETHEUS_TYPE, "cache-control": "no-store" },
      });
    },
  });

export default create(vercel);
