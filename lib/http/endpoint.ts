/** What every endpoint shares: methods, errors and request ids. */
import { ConfigurationError } from "../config/env.ts";
import { sameBytes } from "../crypto/same-bytes.ts";
import { errorCode } from "../telemetry/error-code.ts";
import { reportError } from "../telemetry/sentry.ts";

/** Answers one request of one method. */
export type Handler = (request: Request) => Promise<Response> | Response;

/** An error answer: JSON `{ error: { code, message, requestId } }`; never a stack, a secret or somebody's text. */
export function errorResponse(
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Response {
  const requestId = crypto.randomUUID();
  return Response.json(
    { error: { code, message, requestId } },
    { status, headers: { "cache-control": "no-store", "x-request-id": requestId, ...headers } },
  );
}

/** One endpoint from a handler per method: other methods get 405, failures a JSON error. */
export function endpoint(handlers: Partial<Record<"GET" | "POST", Handler>>): Handler {
  const allow = Object.keys(handlers).join(", ");
  return async (request) => {
    const method = request.method === "HEAD" ? "GET" : request.method;
    const handle = method === "GET" || method === "POST" ? handlers[method] : undefined;
    if (!handle) return errorResponse(405, "method_not_allowed", `Use ${allow}.`, { allow });
    try {
      return await handle(request);
    } catch (error) {
      return failure(error);
    }
  };
}

function failure(error: unknown): Response {
  if (error instanceof ConfigurationError) {
    const names = error.problems.map(({ variable, problem }) => `${variable} ${problem}`).join(", ");
    return errorResponse(500, "not_configured", `${names}. See docs/configuration.md or run npm run doctor.`);
  }
  const response = errorResponse(500, "internal", "Something went wrong on our side; please try again.");
  const requestId = response.headers.get("x-request-id");
  reportError("request.failed", { request_id: requestId }, error);
  // The one place that may run without the composed log: the composition itself may be what failed.
  console.error(
    JSON.stringify({
      level: "error",
      event: "request.failed",
      code: errorCode(error),
      request_id: requestId,
    }),
  );
  return response;
}

/** True when the request carries this bearer token; compares digests, so the time says nothing about the token. */
export async function hasBearer(request: Request, token: string): Promise<boolean> {
  return sameText(request.headers.get("authorization") ?? "", `Bearer ${token}`);
}

/** Constant-time comparison of two texts of any length. */
export async function sameText(given: string, expected: string): Promise<boolean> {
  const digest = async (text: string) =>
    new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  const [a, b] = await Promise.all([digest(given), digest(expected)]);
  return sameBytes(a, b);
}
