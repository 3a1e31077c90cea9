import { endpoint, errorResponse, type Handler, hasBearer } from "../http/endpoint.ts";
import { traceRequest } from "../telemetry/request.ts";
import { type Deps, deps } from "./deps.ts";

/** An endpoint for a scheduler: answers the counts of `work` as JSON to whoever sends CRON_SECRET as bearer token. */
export function cronEndpoint(name: string, work: (deps: Deps) => Promise<object>): Handler {
  return endpoint({
    GET: async (request) => {
      const all = deps();
      if (all.cronSecret === null || !(await hasBearer(request, all.cronSecret))) {
        return errorResponse(401, "unauthorized", "Send CRON_SECRET as a bearer token.");
      }
      return traceRequest(name, {}, all.waitUntil, async () => Response.json(await work(all)));
    },
  });
}
