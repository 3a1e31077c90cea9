import { hasBearer } from "../crypto/same-text.ts";
import type { Log } from "../telemetry/log.ts";
import { traceRequest } from "../telemetry/request.ts";
import { endpoint } from "./endpoint.ts";
import { errorResponse } from "./error-response.ts";

interface CronDeps {
  log: Log;
  /** Null: every call is refused. */
  cronSecret: string | null;
  waitUntil(promise: Promise<unknown>): void;
}

/** Endpoint for a scheduler: runs `work` and returns its counts as JSON; needs CRON_SECRET as the bearer token. */
export function cronEndpoint<Deps extends CronDeps>(
  name: string,
  compose: () => Deps,
  work: (deps: Deps, request: Request) => Promise<object>,
): (request: Request) => Promise<Response> {
  return endpoint(compose, {
    GET: async (request, deps) => {
      if (deps.cronSecret === null || !(await hasBearer(request, deps.cronSecret))) {
        return errorResponse(401, "unauthorized", "Send CRON_SECRET as a bearer token.");
      }
      return traceRequest({ name, ...deps }, async () => Response.json(await work(deps, request)));
    },
  });
}
