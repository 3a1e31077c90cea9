import type { Log } from "../telemetry/log.ts";
import type { Clock } from "../types/clock.ts";
import type { Json } from "../types/json.ts";
import type { DeclaredTool, OnBehalfOf, ToolOutcome, ToolRunner } from "../types/tools/declared.ts";
import { shownAnswer } from "./answer.ts";
import { createValues, type ValueOptions } from "./behalf/secrets.ts";
import { MissingVariableError, type Values } from "./behalf/variables.ts";
import { createCircuits } from "./circuit.ts";
import { broken, type Sent } from "./http/failure.ts";
import { buildRequest, type Fields, templateOf } from "./http/request.ts";
import { type Sending, send } from "./http/send.ts";
import { buildUrl, UnsendableError } from "./http/url.ts";
import { callIcal } from "./ical/call.ts";
import { feedUrl } from "./ical/feed.ts";
import { callMcp } from "./mcp/call.ts";
import { createSessions, type Sessions } from "./mcp/session.ts";
import { callOrders } from "./orders/call.ts";
import { pruned } from "./schema/prune.ts";
import { fits } from "./schema/validate.ts";

export interface RunnerOptions extends Omit<ValueOptions, "now"> {
  /** Refuses private addresses and follows no redirect (`createGuardedFetch`). */
  fetch: typeof fetch;
  clock: Clock;
  /** Signs the customer's context unless a tool names another secret; null: none is set. */
  secret: string | null;
  log: Pick<Log, "warn">;
}

const TIMEOUT_MS = { default: 2_000, min: 100, max: 10_000 };
const MAX_INPUT_CHARACTERS = 16_384;

const never = (code: string): ToolOutcome => ({ ok: false, code, mayHaveHappened: false });

/** Calls declared tools: over HTTP, of MCP servers, by calendars, or of order systems. */
export function createToolRunner(options: RunnerOptions): ToolRunner {
  const circuits = createCircuits(options.clock.now);
  const { fetch, secret, variable, secretKeys = [], clock } = options;
  const sessions = createSessions({ fetch, signing: { secret, now: clock.now } });
  const valuesOf = createValues({ variable, secretKeys, now: clock.now });
  return {
    checked: (tool, input) => checkedInput(tool, input) as Promise<Json | null>,
    async run(tool, input, behalf, signal) {
      const fields = await checkedInput(tool, input);
      if (fields === null) return never("invalid_input");
      try {
        const values = await valuesOf(tool, behalf.tenant);
        const prepared = prepare(tool, fields, { values, sessions, log: options.log });
        const system = `${behalf.tenant.id} ${prepared.url.origin}`;
        if (!circuits.mayCall(system)) return never("circuit_open");
        const sent = await prepared.send(behalf, sendingOf(tool, { ...options, values }, signal));
        circuits.report(system, !sent.ok && sent.down);
        return await outcomeOf(sent, tool);
      } catch (error) {
        return unsent(error, tool, options);
      }
    },
  };
}

interface Prepared {
  url: URL;
  send(behalf: OnBehalfOf, sending: Sending): Promise<Sent>;
}

/** A call that is ready to be sent. Throws UnsendableError, MissingVariableError. */
function prepare(
  tool: DeclaredTool,
  fields: Fields,
  { values, sessions, log }: { values: Values; sessions: Sessions } & Pick<RunnerOptions, "log">,
): Prepared {
  const { via } = tool;
  if (via.kind === "http") {
    const request = buildRequest(via, fields, values);
    return { url: request.url, send: (behalf, sending) => send(request, { ...tool, via }, behalf, sending) };
  }
  if (via.kind === "ical") {
    const url = feedUrl(via, values);
    return {
      url,
      send: ({ tenant: { profile } }, sending) =>
        callIcal(url, { ...tool, via }, { input: fields, profile }, sending),
    };
  }
  const url = buildUrl(templateOf(via, values), {}, {});
  if (via.kind === "orders")
    return {
      url,
      send: (behalf, sending) => callOrders(url, { ...tool, via }, { input: fields, behalf }, sending),
    };
  return {
    url,
    send: (behalf, { timeoutMs, signal }) =>
      callMcp({ ...tool, via }, fields, behalf, { sessions, values, timeoutMs, signal, log }),
  };
}

/** What goes out: an object that fits the schema, with named fields only; null when there is none. */
async function checkedInput({ input: schema }: DeclaredTool, input: Json): Promise<Fields | null> {
  if (input === null || typeof input !== "object" || Array.isArray(input)) return null;
  if (JSON.stringify(input).length > MAX_INPUT_CHARACTERS) return null;
  const fields = pruned(input, [schema]) as Fields;
  return (await fits(schema, fields, "input")) ? fields : null;
}

function sendingOf(
  { timeoutMs = TIMEOUT_MS.default }: DeclaredTool,
  { fetch, clock, secret, values }: RunnerOptions & { values: Values },
  signal: AbortSignal,
): Sending {
  const signing = { secret, values, now: clock.now };
  const within = Math.min(Math.max(timeoutMs, TIMEOUT_MS.min), TIMEOUT_MS.max);
  return { fetch, clock, signing, timeoutMs: within, signal };
}

async function outcomeOf(sent: Sent, tool: DeclaredTool): Promise<ToolOutcome> {
  if (!sent.ok) return { ok: false, code: sent.code, mayHaveHappened: sent.mayHaveHappened };
  // Orders are checked and cleaned by a schema of our own, and the console shows more of them than a model reads.
  if (tool.via.kind === "orders") return { ok: true, answer: sent.answer };
  const answer = await shownAnswer(sent.answer, tool);
  if (answer) return { ok: true, answer: answer.shown };
  const { code, mayHaveHappened } = broken("invalid_answer", tool);
  return { ok: false, code, mayHaveHappened };
}

function unsent(error: unknown, tool: DeclaredTool, { log }: RunnerOptions): ToolOutcome {
  // The address of a calendar or an order system is nothing that the model wrote.
  if (error instanceof UnsendableError)
    return never(["ical", "orders"].includes(tool.via.kind) ? "refused_address" : "invalid_input");
  if (!(error instanceof MissingVariableError)) throw error;
  log.warn("tool.missing_variable", { tool: tool.name, variable: error.variable, fix: error.fix });
  return never("missing_variable");
}
