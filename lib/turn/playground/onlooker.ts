import type { ToolSet } from "ai";
import { WORDING_TOOLS } from "../../../tools/registry.ts";
import { cleanJson } from "../../json/clean.ts";
import { errorCode } from "../../telemetry/error-code.ts";
import type { SteadyClock } from "../../types/clock.ts";
import type { TrialEvent } from "../../types/console/playground.ts";
import type { TurnTools } from "../answer/tools.ts";
import type { Onlooker } from "../compose.ts";
import type { Journal } from "../state/journal.ts";
import type { TrialUse } from "./declared.ts";

interface Watching {
  journal: Journal;
  clock: Pick<SteadyClock, "steady">;
  signal: AbortSignal;
  onEvent(event: TrialEvent): void;
  /** What is done with a tool of the company's own; null for one that is built in. */
  useOf(name: string): TrialUse | null;
}

/** An onlooker that tells all it sees, and what it has read. */
export interface Watcher extends Onlooker {
  /** Words of the step that was written last; null when no model wrote. */
  written(): string | null;
  /** By the clock's steady time; null before. */
  firstTokenAtMs(): number | null;
}

/** Tells events while a reply is composed, and keeps tools from having an effect. */
export function createWatcher({ journal, clock, signal, onEvent, useOf }: Watching): Watcher {
  let written: string | null = null;
  let firstTokenAtMs: number | null = null;
  let rungNow = "";
  const reader = {
    signal,
    onStep() {
      written = "";
      onEvent({ type: "step" });
    },
    onWords(words: string) {
      firstTokenAtMs ??= clock.steady();
      const more = words.slice(written?.length ?? 0);
      written = words;
      if (more !== "") onEvent({ type: "words", text: more });
    },
  };
  return {
    signal,
    written: () => written,
    firstTokenAtMs: () => firstTokenAtMs,
    onPerceived() {
      const { intent, confidence, decidedBy, language, intentModel, stagesMs } = journal.record();
      const ms = Math.round(stagesMs.classify ?? 0);
      onEvent({ type: "understood", intent, confidence, decidedBy, language, intentModel, ms });
    },
    tools: (tools) => watched(tools, { clock, onEvent, useOf }),
    onRung(rung) {
      written = null;
      rungNow = rung.rung;
      onEvent({ type: "attempt", rung: rungNow, model: rung.model.id });
      return { ...rung, reader };
    },
    onFailed: (error) => onEvent({ type: "failed", rung: rungNow, code: errorCode(error) }),
  };
}

/** The same tools, each telling its calls. */
function watched(
  tools: TurnTools,
  { clock, onEvent, useOf }: Pick<Watching, "clock" | "onEvent" | "useOf">,
): TurnTools {
  let calls = 0;
  const watch = (name: string, tool: ToolSet[string]): ToolSet[string] => {
    const use = useOf(name);
    const withheld = use === "withhold";
    const simulated = withheld || isSimulated(name, tools);
    const safe = simulated ? harmless(name, tool, use) : tool;
    const { execute } = safe;
    if (!execute) return safe;
    return {
      ...safe,
      execute: async (input, options) => {
        const id = `call-${++calls}`;
        const startedMs = clock.steady();
        onEvent({ type: "tool", id, name, input: cleanJson(input), simulated, withheld });
        const done = (output: unknown, failed: boolean) => {
          const ms = Math.round(clock.steady() - startedMs);
          onEvent({ type: "tool_done", id, output: cleanJson(output), ms, failed, simulated, withheld });
        };
        try {
          const output: unknown = await execute(input, options);
          done(output, saysError(output));
          return output;
        } catch (error) {
          done({ error: errorCode(error) }, true);
          throw error;
        }
      },
    };
  };
  return {
    ...tools,
    named: (names) =>
      Object.fromEntries(Object.entries(tools.named(names)).map(([name, tool]) => [name, watch(name, tool)])),
  };
}

const WORDING: ReadonlySet<string> = new Set(WORDING_TOOLS);

/** True for a tool of which a customer or the company would notice something. */
const isSimulated = (name: string, { reads }: TurnTools): boolean => !reads(name) && !WORDING.has(name);

/**
 * A tool with an effect as one that can do nothing: a handoff and the question about an act are only noted by the turn, whose draft
 * nobody writes. Any other answers that it was not carried out.
 */
export function harmless(name: string, tool: ToolSet[string], use: TrialUse | null): ToolSet[string] {
  if (!tool.execute || name === "handoff" || use === "ask") return tool;
  const words = use === "withhold" ? NOT_CALLED : "Nothing was done: this is a trial.";
  return { ...tool, execute: async () => ({ simulated: words }) };
}

const NOT_CALLED =
  "Not called: in a trial this is looked up for test customers only. Say that you could not look it up.";

const saysError = (output: unknown): boolean =>
  typeof output === "object" && output !== null && "error" in output;
