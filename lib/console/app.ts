import { type Context, Hono } from "hono";
import type { ZodError, ZodType } from "zod";
import { readBody } from "../http/body.ts";
import { errorResponse } from "../http/error-response.ts";
import { errorCode, isDataError } from "../telemetry/error-code.ts";
import { assertOwnPage, includesRole, signedIn } from "./http/admit.ts";
import { recordAudit } from "./http/audit.ts";
import type { ConsoleDeps } from "./http/deps.ts";
import { type Call, Refusal, type Route } from "./http/route.ts";
import { ROUTES } from "./routes.ts";

/** Largest JSON body of most routes; files have routes of their own. */
const MAX_JSON_BYTES = 64 * 1024;
/** No answer in time, no connection, no lock, shut down or too busy. */
const DATABASE_AWAY = /^(timeout|unreachable|pg_(08|40|53|57)[0-9a-z]{3}|pg_55p03)$/;
const PREFIX = "/api/console";

/** The console's API: finds the route, admits the caller by the table, and turns refusals into errors. */
export function createConsole(deps: ConsoleDeps): (request: Request) => Promise<Response> {
  const app = new Hono().basePath(PREFIX);
  for (const route of ROUTES) app.on(route.method, route.path, (context) => answer(route, context, deps));
  app.notFound(() => errorResponse(404, "not_found", "There is nothing at this address."));
  app.onError((error) => {
    const refusal = error instanceof Refusal ? error : refusalOf(error, deps);
    if (refusal === null) throw error;
    return errorResponse(refusal.status, refusal.code, refusal.message, refusal.headers);
  });
  return async (request) => app.request(request);
}

/** Failures of the database that people can do something about; null for a mistake of ours. */
function refusalOf(error: unknown, { log }: ConsoleDeps): Refusal | null {
  if (!(error instanceof Error) || error.name !== "DatabaseError") return null;
  const code = errorCode(error);
  if (isDataError(error)) return new Refusal(400, "invalid", "A value of the request is not valid.");
  if (!DATABASE_AWAY.test(code)) return null;
  log.warn("console.database_away", { code });
  return new Refusal(503, "database_away", "The database does not answer just now. Try again in a minute.", {
    "retry-after": "10",
  });
}

async function answer(route: Route<ConsoleDeps>, context: Context, deps: ConsoleDeps): Promise<Response> {
  const call = callOf(context, deps, route.maxJsonBytes);
  if (route.method === "POST") assertOwnPage(call.request, deps.publicUrl);
  if (route.access === "public") return route.handle(call);
  const who = await signedIn(call.request, deps.sessions);
  if (who === null) throw new Refusal(401, "signed_out", "Sign in to go on.");
  if (route.access === "session") return route.handle({ ...call, who });
  const { tenant: tenantId = "" } = call.params;
  const membership = who.memberships.find((own) => own.tenantId === tenantId);
  // The same answer as for a company that does not exist.
  if (!membership) throw new Refusal(404, "not_found", "There is nothing at this address.");
  const { role } = membership;
  if (!includesRole(role, route.access))
    throw new Refusal(403, "role", `This needs the role ${route.access}; yours is ${role}.`);
  const admitted = { ...call, who, tenantId, role };
  if (!route.readWhileWritten) {
    await recordAudit(route, admitted);
    return route.handle(admitted);
  }
  const answer = Promise.resolve(route.handle(admitted));
  // It is heard of below, unless the line fails.
  answer.catch(() => {});
  await recordAudit(route, admitted);
  return answer;
}

function callOf(context: Context, deps: ConsoleDeps, maxJsonBytes = MAX_JSON_BYTES): Call<ConsoleDeps> {
  const request = context.req.raw;
  let body: Promise<unknown> | undefined;
  return {
    request,
    deps,
    params: context.req.param() as Record<string, string>,
    query: new URL(request.url).searchParams,
    async body(schema) {
      // Once: the audit line may say something of it too.
      body ??= json(request, maxJsonBytes);
      return parse(schema, await body);
    },
  };
}

async function json(request: Request, maxBytes: number): Promise<unknown> {
  const bytes = await readBody(request, maxBytes);
  if (bytes === null) throw new Refusal(413, "too_large", `The request is over ${maxBytes / 1024} KB.`);
  try {
    return bytes.byteLength === 0 ? {} : JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new Refusal(400, "not_json", "The request is not JSON.");
  }
}

function parse<T>(schema: ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Refusal(400, "invalid", problemsOf(result.error));
}

/** Field and rule, never the value. */
const problemsOf = (error: ZodError): string =>
  error.issues.map(({ path, message }) => `${path.join(".") || "body"}: ${message}`).join("; ");
