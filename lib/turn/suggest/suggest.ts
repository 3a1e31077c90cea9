import { errorCode } from "../../telemetry/error-code.ts";
import { span } from "../../telemetry/span.ts";
import { createStages } from "../../telemetry/stages.ts";
import type {
  StartSuggestion,
  Suggested,
  Suggester,
  SuggestionRef,
  SuggestionStore,
} from "../../types/console/suggest.ts";
import type { Claim } from "../../types/turn-store.ts";
import { toWhatsApp } from "../../whatsapp/format/format.ts";
import { allowedBy } from "../answer/budget.ts";
import { classify } from "../answer/classify.ts";
import type { Reader } from "../answer/generate.ts";
import { ladder } from "../answer/ladder.ts";
import { createTurnTools, type TurnTools, toolNamesOf } from "../answer/tools.ts";
import { understand } from "../answer/understand.ts";
import { tryRung } from "../compose.ts";
import type { Said } from "../outgoing/review.ts";
import { UnusableReplyError } from "../outgoing/unusable.ts";
import { modelsOf, type TurnDeps } from "../state/context.ts";
import { createJournal, type Journal } from "../state/journal.ts";
import { createPreview } from "./preview.ts";

/** Dependencies of drafts for operators: those of a turn that only thinks. */
export type SuggestDeps = Omit<TurnDeps, "store" | "channel" | "notifier" | "keeper"> & {
  suggestions: SuggestionStore;
  /** Keeps the process alive until a draft is booked, also when its reader has gone. */
  waitUntil(work: Promise<unknown>): void;
};

interface Drafting {
  claim: Claim;
  journal: Journal;
  deps: SuggestDeps;
}

/** Drafts for operators by the bot's own prompts, tools and checks; tools with an effect are not offered. */
export const createSuggester = (deps: SuggestDeps): Suggester => ({
  async prepare(ref) {
    const claim = await deps.suggestions.claim(ref.tenantId, ref.conversationId);
    return claim && starting(ref, claim, deps);
  },
});

const starting =
  (ref: SuggestionRef, claim: Claim, deps: SuggestDeps): StartSuggestion =>
  (run) => {
    const work = span("suggestion", { "chasqui.conversation": ref.conversationId }, () =>
      suggest(ref, claim, deps, run),
    );
    deps.waitUntil(work);
    return work;
  };

async function suggest(
  ref: SuggestionRef,
  claim: Claim,
  deps: SuggestDeps,
  run: Parameters<StartSuggestion>[0],
): Promise<Suggested> {
  const refused = refusalOf(claim, deps);
  if (refused) return { kind: "failed", code: refused };
  const journal = createJournal(
    createStages(() => performance.now()),
    deps.factsOf,
  );
  const readings: { messageId: string; text: string }[] = [];
  let said: Said | Error;
  try {
    const understood = await understand({ claim, deps, journal });
    readings.push(...understood.readings);
    const models = modelsOf(deps.models, claim.tenant);
    const drafting = { claim: understood.claim, journal, deps: { ...deps, models } };
    said = await descend(drafting, understood.images, run);
  } catch (error) {
    said = error instanceof Error ? error : new Error("suggestion");
  }
  const { replyModel: model, inputTokens, outputTokens, costUsd, errors } = journal.record();
  const usage = journal.usage();
  // A call that was cut off has a price too, by estimate.
  const cost = run.signal.aborted ? usage.usd : costUsd;
  await deps.suggestions
    .book(ref, { model, inputTokens, outputTokens, costUsd: cost, usage, errors, readings })
    .catch((error) => deps.log.error("suggestion.not_booked", { code: errorCode(error) }));
  if (said instanceof Error)
    return { kind: "failed", code: run.signal.aborted ? "aborted" : errorCode(said) };
  return { kind: "done", text: toWhatsApp(said.markdown), costUsd: cost, model };
}

/** Why no model is asked; null when one is. */
function refusalOf({ pending, usage, customer }: Claim, { budget }: SuggestDeps): string | null {
  if (customer.optedOut) return "opted_out";
  if (pending.length === 0) return "nothing_to_answer";
  return typeof allowedBy(usage, budget) === "object" ? "budget" : null;
}

/** The first good draft, down the bot's own ladder; without its apology, which an operator does not need. */
async function descend(
  drafting: Drafting,
  images: Awaited<ReturnType<typeof understand>>["images"],
  { onDelta, signal }: Parameters<StartSuggestion>[0],
): Promise<Said | Error> {
  const { claim, journal, deps } = drafting;
  const perceived = await classify(drafting);
  const tools = readingOnly(createTurnTools(drafting, perceived.language));
  const preview = createPreview(onDelta);
  let last: Error = new UnusableReplyError("empty");
  let brief = false;
  for (const rung of ladder(drafting, perceived, tools, allowedBy(claim.usage, deps.budget))) {
    if (signal.aborted) return last;
    const model = rung.model.id;
    const onWords: Reader["onWords"] = (words, prompt) => {
      if (mayStream(model, deps))
        preview.show(words, { claim, journal, prompt, writer: { model, tools: toolNamesOf(claim) } });
    };
    const said = await tryRung(
      drafting,
      images,
      { ...rung, brief, wantsDraft: true, reader: { signal, onWords } },
      tools,
    );
    remember(model, journal);
    if (!(said instanceof Error)) return said;
    brief ||= said instanceof UnusableReplyError && said.code === "reply_length";
    last = said;
  }
  return last;
}

/** Only what reads: a draft must have no effect. */
const readingOnly = (tools: TurnTools): TurnTools => ({
  ...tools,
  named: (names) => tools.named(names.filter(tools.reads)),
});

/** Models by whether their last answer in this process came without thoughts. */
const quiet = new Map<string, boolean>();

/** True for a model whose words may be shown before the whole is reviewed: a thought without a beginning is known by its end alone. */
const mayStream = (model: string, { factsOf }: SuggestDeps): boolean =>
  quiet.get(model) ?? (factsOf(model).inputUsd !== null && !factsOf(model).thinks);

function remember(model: string, journal: Journal): void {
  const thought = journal.record().errors.includes(`cut:thinking:${model}`);
  if (thought || !quiet.has(model)) quiet.set(model, !thought);
}
