import { ConfigurationError } from "../config/env.ts";
import { errorCode } from "../telemetry/error-code.ts";
import type { Log } from "../telemetry/log.ts";
import { errorResponse } from "./error-response.ts";

/** Handler for one method of an endpoint. */
export type Handler<Deps> = (request: Request, deps: Deps) => Promise<Response> | Response;

/**
 * Endpoint with one handler per method. Other methods get 405, failures a JSON error. Dependencies are composed at the
 * first request, so that a configuration error becomes a response that names it.
 */
export function endpoint<Deps extends { log: Log }>(
  compose: () => Deps,
  handlers: Partial<Record<"GET" | "POST", Handler<Deps>>>,
): (request: Request) => Promise<Response> {
  const allow = Object.keys(handlers).join(", ");
  let deps: Deps | undefined;
  return async (request) => {
    const method = request.method === "HEAD" ? "GET" : request.method;
    const handle = method === "GET" || method === "POST" ? handlers[method] : undefined;
    if (!handle) return errorResponse(405, "method_not_allowed", `Use ${allow}.`, { allow });
    try {
      deps ??= compose();
      return await handle(request, deps);
    } catch (error) {
      return failure(error, deps?.log);
    }
  };
}

/** Endpoint whose handler answers every method and path itself; composed at the first request too. */
export function whole(
  compose: () => { log: Log; handle: (request: Request) => Promise<Response> },
): (request: Request) => Promise<Response> {
  let composed: ReturnType<typeof compose> | undefined;
  return async (request) => {
    try {
      composed ??= compose();
      return await composed.handle(request);
    } catch (error) {
      return failure(error, composed?.log);
    }
  };
}

function failure(error: unknown, log: Log | undefined): Response {
  if (error instanceof ConfigurationError) {
    const names = error.problems.map(({ variable, problem }) => `${variable} ${problem}`).join(", ");
    return errorResponse(500, "not_configured", `${names}. See docs/configuration.md or run npm run doctor.`);
  }
  const response = errorResponse(500, "internal", "Something went wrong on our side; please try again.");
  const fields = { code: errorCode(error), request_id: response.headers.get("x-request-id") };
  if (log) log.error("request.failed", fields, error);
  // The composition failed, so there is no log.
  else console.error(JSON.stringify({ level: "error", event: "request.failed", ...fields }));
  return response;
}
