import { deps } from "../../lib/deps.ts";
import { endpoint, errorResponse, hasBearer } from "../../lib/http.ts";
import { purge } from "../../lib/purge.ts";
import { traceRequest } from "../../lib/telemetry/request.ts";

export const config = { runtime: "edge" };

export default endpoint({
  GET: async (request) => {
    const { cronSecret, ...rest } = deps();
    if (!(await hasBearer(request, cronSecret))) {
      return errorResponse(401, "unauthorized", "Send CRON_SECRET as a bearer token.");
    }
    return traceRequest("purge", {}, rest.waitUntil, async () => Response.json(await purge(rest)));
  },
});
