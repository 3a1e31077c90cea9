import type { ModelMessage } from "ai";
import { errorCode } from "../../telemetry/error-code.ts";
import type { ToolCallRecord } from "../../types/tools.ts";

/** A call of a model that is about to be made. */
export interface Asked {
  of: "intent" | "reply";
  rung: string | null;
  model: string;
  /** System prompt, the local time in it, and what was looked up for it. */
  prompt: string;
  localTime: string | null;
  facts: string;
  messages: readonly ModelMessage[];
  /** True when the messages of the call before were sent too. */
  continues: boolean;
  tools: readonly string[];
}

/** What a model said. */
export interface Told {
  model: string;
  text: string;
  toolCalls: readonly { toolName: string; input: unknown }[];
  usage: { inputTokens: number | undefined; outputTokens: number | undefined } | undefined;
}

/** A call and what came of it; the messages are those that were sent, not copies. */
export interface Call {
  asked: Asked;
  told: Told | null;
  /** Time of the model alone. */
  ms: number;
  error: string | null;
}

/** What the models of a turn were sent and said. */
export interface Exchanges {
  /** Notes a call before it is made; what it returns takes the answer. */
  asked(call: Asked): (told: Told) => void;
  /** Notes what the last call failed of, or what was wrong with its answer, `said`. */
  failed(error: unknown, said?: string): void;
  /** True while a model has not answered. */
  isWaiting(): boolean;
  /** Adds calls that were noted elsewhere. */
  add(calls: readonly Call[]): void;
  all(): readonly Call[];
}

/** More calls than any turn makes. */
const MAX_CALLS = 20;

/** No exchanges yet; the time of tools, as `toolCalls` has it, is not the model's. */
export function createExchanges(toolCalls: readonly ToolCallRecord[], now: () => number): Exchanges {
  const calls: Call[] = [];
  let end: (() => void) | null = null;
  return {
    asked(asked) {
      const call: Call = { asked, told: null, ms: 0, error: null };
      if (calls.length < MAX_CALLS) calls.push(call);
      const [startedMs, before] = [now(), toolCalls.length];
      end = () => {
        const tools = Math.max(0, ...toolCalls.slice(before).map(({ ms }) => ms));
        call.ms = Math.max(0, Math.round((now() - startedMs - tools) * 10) / 10);
        end = null;
      };
      return (told) => {
        end?.();
        call.told = told;
      };
    },
    failed(error, said) {
      end?.();
      const last = calls.at(-1);
      if (!last) return;
      last.error ??= errorCode(error);
      if (said !== undefined)
        last.told ??= { model: last.asked.model, text: said, toolCalls: [], usage: undefined };
    },
    isWaiting: () => end !== null,
    add: (others) => calls.push(...others.slice(0, MAX_CALLS - calls.length)),
    all: () => calls,
  };
}
