import { MockLanguageModelV3 } from "ai/test";
import { INTENTS } from "../../lib/intents/table.ts";
import type { NamedModel } from "../../lib/turn/state/context.ts";
import type { FaultKind } from "./faults.ts";
import type { Loop, Process } from "./loop.ts";
import { request } from "./network.ts";
import type { Random } from "./random.ts";

type Generate = MockLanguageModelV3["doGenerate"];
type Options = Parameters<Generate>[0];
type Result = Awaited<ReturnType<Generate>>;

const HOSTILE_COUNTS = [12.5, 5e9, 2 ** 31, -1, Number.NaN] as const;
const HOSTILE_TEXTS = ["nul \0", "half \ud83d", "Hola \ud800!", "x".repeat(100_000)] as const;

const USAGE: Result["usage"] = {
  inputTokens: { total: 10, noCache: 10, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 5, text: 5, reasoning: 0 },
};
const CHOICES = ["S", "M", "L"].map((title) => ({ title }));
/** Longer than one WhatsApp message may be. */
const LONG_REPLY = "Con gusto te cuento. ".repeat(220);

/** A model behind a network: it answers, calls a tool, fails, or stays silent until the timeout. */
export function createModel(
  loop: Loop,
  process: Process,
  random: Random,
  now: () => ReadonlySet<FaultKind>,
): NamedModel {
  const hang = ({ abortSignal }: Options) =>
    new Promise<never>((_, reject) => {
      abortSignal?.addEventListener("abort", () => {
        // The process learns of the abort, so not while it is frozen, and never once it is dead.
        loop.after(0, () => reject(abortSignal.reason), process);
      });
    });
  const generate: Generate = (options) => {
    const kinds = now();
    if (kinds.has("model hangs") && random.chance(0.25)) return hang(options);
    const fails = kinds.has("model errors") && random.chance(0.3);
    const wire = { arrivesMs: random.int(1, 20), answersMs: random.int(20, 1_900), failsMs: null };
    return request(loop, process, wire, () => {
      if (fails) throw new Error("the model is overloaded");
      const said = answer(options, random, kinds);
      return kinds.has("hostile values") && random.chance(0.4) ? hostile(said, random) : said;
    });
  };
  return { id: "simulated", model: new MockLanguageModelV3({ modelId: "simulated", doGenerate: generate }) };
}

function answer(options: Options, random: Random, kinds: ReadonlySet<FaultKind>): Result {
  if (options.responseFormat?.type === "json") return said(JSON.stringify(classification(random, kinds)));
  const { toolChoice } = options;
  const offered = options.tools?.some(({ name }) => name === "handoff") ?? false;
  const chosen = toolChoice?.type === "tool" ? toolChoice.toolName : null;
  const calls = kinds.has("handoffs") && offered && toolChoice?.type === "auto" && random.chance(0.2);
  if (chosen === "handoff" || calls) {
    return called("handoff", { reason: "customer_request", summary: "wants a person" });
  }
  const shows = options.tools?.some(({ name }) => name === "offer_choices") ?? false;
  if (kinds.has("form refused") && shows && toolChoice?.type === "auto" && random.chance(0.4))
    return called("offer_choices", { options: CHOICES, button: "Tallas" });
  if (chosen === "lookup") return called("lookup", { source: "knowledge", query: "poncho" });
  return said(kinds.has("long replies") && random.chance(0.4) ? LONG_REPLY : "¡Hola!");
}

/** The same answer with numbers and texts that no column accepts. */
function hostile(result: Result, random: Random): Result {
  const count = random.pick(HOSTILE_COUNTS);
  const text = random.pick(HOSTILE_TEXTS);
  const content = result.content.map((part) => {
    if (part.type === "text" && part.text.startsWith("{")) return part;
    if (part.type === "text") return { ...part, text: `${part.text} ${text}` };
    if (part.type !== "tool-call") return part;
    return { ...part, input: JSON.stringify({ ...JSON.parse(part.input), summary: text, query: text }) };
  });
  const inputTokens = { ...result.usage.inputTokens, total: count };
  return { ...result, content, usage: { ...result.usage, inputTokens } };
}

function classification(random: Random, kinds: ReadonlySet<FaultKind>) {
  const intent = kinds.has("handoffs") ? INTENTS[random.int(0, INTENTS.length - 1)]?.name : "greeting";
  return { intent, confidence: 0.9, language: "es" };
}

const said = (text: string): Result => ({
  content: [{ type: "text", text }],
  finishReason: { unified: "stop", raw: "stop" },
  usage: USAGE,
  warnings: [],
});

const called = (toolName: string, input: object): Result => ({
  content: [{ type: "tool-call", toolCallId: "call", toolName, input: JSON.stringify(input) }],
  finishReason: { unified: "tool-calls", raw: "tool_calls" },
  usage: USAGE,
  warnings: [],
});
