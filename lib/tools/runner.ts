import type { Log } from "../telemetry/log.ts";
import type { Clock } from "../types/clock.ts";
import type { Json } from "../types/json.ts";
import type { DeclaredTool, ToolOutcome, ToolRunner } from "../types/tools/declared.ts";
import { shownAnswer } from "./answer.ts";
import type { Signing } from "./behalf/context.ts";
import { MissingVariableError, type ReadVariable } from "./behalf/variables.ts";
import { createCircuits } from "./circuit.ts";
import { buildRequest, type Fields } from "./http/request.ts";
import { broken, type Sending, type Sent, send } from "./http/send.ts";
import { UnsendableError } from "./http/url.ts";
import { pruned } from "./schema/prune.ts";
import { fits } from "./schema/validate.ts";

export interface RunnerOptions {
  /** Refuses private addresses and follows no redirect (`createGuardedFetch`). */
  fetch: typeof fetch;
  clock: Clock;
  /** Variables of the environment whose names begin with `TOOL_`. */
  variable: ReadVariable;
  /** Signs the customer's context unless a tool names another secret; null: none is set. */
  secret: string | null;
  log: Pick<Log, "warn">;
}

const TIMEOUT_MS = { default: 2_000, min: 100, max: 10_000 };
const MAX_INPUT_CHARACTERS = 16_384;

const never = (code: string): ToolOutcome => ({ ok: false, code, mayHaveHappened: false });

/** Calls declared tools over HTTP. */
export function createToolRunner(options: RunnerOptions): ToolRunner {
  const circuits = createCircuits(options.clock.now);
  return {
    checked: (tool, input) => checkedInput(tool, input) as Promise<Json | null>,
    async run(tool, input, behalf, signal) {
      const fields = await checkedInput(tool, input);
      if (fields === null) return never("invalid_input");
      const { via } = tool;
      if (via.kind !== "http") return never("unsupported");
      try {
        const request = buildRequest(via, fields, options.variable);
        const system = `${behalf.tenant.id} ${request.url.origin}`;
        if (!circuits.mayCall(system)) return never("circuit_open");
        const sent = await send(request, { ...tool, via }, behalf, sendingOf(tool, options, signal));
        circuits.report(system, !sent.ok && sent.down);
        return await outcomeOf(sent, tool);
      } catch (error) {
        return unsent(error, tool, options);
      }
    },
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
  { fetch, clock, variable, secret }: RunnerOptions,
  signal: AbortSignal,
): Sending {
  const signing: Signing = { secret, variable, now: clock.now };
  const within = Math.min(Math.max(timeoutMs, TIMEOUT_MS.min), TIMEOUT_MS.max);
  return { fetch, clock, signing, timeoutMs: within, signal };
}

async function outcomeOf(sent: Sent, tool: DeclaredTool): Promise<ToolOutcome> {
  if (!sent.ok) return { ok: false, code: sent.code, mayHaveHappened: sent.mayHaveHappened };
  const answer = await shownAnswer(sent.answer, tool);
  if (answer) return { ok: true, answer: answer.shown };
  const { code, mayHaveHappened } = broken("invalid_answer", tool);
  return { ok: false, code, mayHaveHappened };
}

function unsent(error: unknown, tool: DeclaredTool, { log }: RunnerOptions): ToolOutcome {
  if (error instanceof UnsendableError) return never("invalid_input");
  if (!(error instanceof MissingVariableError)) throw error;
  log.warn("tool.missing_variable", { tool: tool.name, variable: error.variable, fix: error.fix });
  return never("missing_variable");
}
