import { isShippedTool } from "../../../tools/registry.ts";
import type { Brief } from "./brief.ts";
import { classifyOffline } from "./classify.ts";
import { describeAnswer } from "./declared.ts";
import { describeOrders } from "./describe-orders.ts";
import { PHRASES } from "./phrases/phrases.ts";
import { type Passage, readResult } from "./results.ts";
import { overlap, stems } from "./stems.ts";

const WHOLE_PASSAGE = 400;
const SENTENCES = 3;

/** Answers with the last tool result, in the customer's language; null when no tool was called yet. */
export function answerFromResult(brief: Brief): string | null {
  const [last, before] = brief.results.toReversed().map(({ result }) => readResult(result));
  if (brief.results.length === 0) return null;
  const phrases = PHRASES[brief.language];
  if (last === undefined) {
    const { tool, result } = brief.results.at(-1) ?? { tool: "", result: null };
    return isShippedTool(tool) ? phrases.cannotLookUp : describeAnswer(result, brief);
  }
  if ("shown" in last) return before && "orders" in before ? phrases.whichOrder : phrases.whichTopic;
  if ("button" in last) return phrases.askPlace;
  if ("error" in last) return answerToError(last.error, brief);
  if ("handoff" in last) return answerToHandoff(brief);
  if ("orders" in last) return describeOrders(last.orders, brief.language);
  if (last.passages.length === 0) return phrases.nothingFound(brief.company);
  const parts = passagesFor(brief.text, last.passages).map(({ text }) => excerpt(text, brief.text));
  return `${greets(brief.text) ? phrases.hello(brief.customerName) : ""}${parts.join("\n\n")}`;
}

function answerToHandoff({ language, intent, sent }: Brief): string {
  const phrases = PHRASES[language];
  if (sent.kinds.includes("order")) return phrases.cartHandoff;
  return intent === "complaint" ? phrases.complaintHandoff : phrases.handoff;
}

function answerToError(error: string, { language, company }: Brief): string {
  const phrases = PHRASES[language];
  if (error === "order not found") return phrases.orderNotFound;
  if (error === "order system unavailable") return phrases.unavailable;
  return error === "nothing found" ? phrases.nothingFound(company) : phrases.cannotLookUp;
}

/** The best passage; for two questions in one message, the best for each. */
function passagesFor(text: string, passages: readonly Passage[]): Passage[] {
  const questions = text.split(/[\n?]+/).filter((part) => stems(part).length > 0);
  const best = questions.flatMap((question) => {
    const asked = new Set(stems(question));
    const shared = passages.map((passage) => overlap(`${passage.title} ${passage.text}`, asked));
    const most = Math.max(...shared);
    return most === 0 ? [] : passages.slice(shared.indexOf(most)).slice(0, 1);
  });
  return questions.length < 2 || best.length < 2 ? passages.slice(0, 1) : [...new Set(best)].slice(0, 2);
}

/** A short passage whole; of a longer one, the sentences that share most words with the question. */
function excerpt(passage: string, question: string): string {
  if (passage.length <= WHOLE_PASSAGE) return passage.replace(/\s*\n\s*/g, " ").trim();
  const asked = new Set(stems(question));
  const sentences = passage.split(/(?<=[.!?])\s+/);
  return sentences
    .map((sentence, at) => ({ sentence, at, shared: overlap(sentence, asked) }))
    .sort((one, other) => other.shared - one.shared || one.at - other.at)
    .slice(0, SENTENCES)
    .sort((one, other) => one.at - other.at)
    .map(({ sentence }) => sentence)
    .join(" ");
}

function greets(text: string): boolean {
  const opening = text.split(/[\n.!?,;]/)[0] ?? "";
  const { intent, confidence } = classifyOffline(opening);
  return intent === "greeting" && confidence >= 0.7;
}
