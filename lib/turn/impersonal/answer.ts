import { fieldOf, fieldsOf } from "../../json/lenient.ts";
import { namesCustomer } from "../../language/impersonal.ts";
import type { AnswerCache, ImpersonalQuestion } from "../../types/cache.ts";
import type { ReplyExtra } from "../../types/outbound.ts";
import type { HandoffRequest, ToolCallRecord } from "../../types/tools.ts";
import type { Claim } from "../../types/turn-store.ts";
import type { Journal } from "../state/journal.ts";
import { impersonalIntent } from "./question.ts";

/** The words that answered the same question before, noted as the turn's answer; null when there are none. Never throws. */
export async function knownAnswer(
  question: ImpersonalQuestion,
  { answers, journal }: { answers: AnswerCache; journal: Journal },
): Promise<string | null> {
  const kept = await journal.stages.run("recall", () => answers.find(question));
  if (!kept || !impersonalIntent(kept.intent)) return null;
  journal.note({ intent: kept.intent, language: question.language, decidedBy: "cache", rung: "cached" });
  return kept.markdown;
}

interface Written {
  markdown: string;
  extra: ReplyExtra | null;
  handoff: HandoffRequest | null;
}

/**
 * True when a reply that was made of the question and the company alone may be another customer's too: nothing went wrong, no tool did more
 * than read the knowledge base, nothing stands under the words, and they do not name the customer.
 */
export function isForAnybody(
  { markdown, extra, handoff }: Written,
  { claim, journal }: { claim: Pick<Claim, "customer">; journal: Journal },
): boolean {
  const { rung, errors } = journal.record();
  if (rung !== "full" || errors.length > 0 || extra || handoff) return false;
  return journal.toolCalls.every(readsCompany) && !namesCustomer(markdown, claim.customer);
}

const readsCompany = ({ name, input, failed }: ToolCallRecord): boolean =>
  name === "lookup" && !failed && fieldOf(fieldsOf(input), "source") === "knowledge";
