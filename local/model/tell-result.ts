import { z } from "zod";
import { plain } from "../../lib/plain.ts";
import type { Brief } from "./brief.ts";
import { classifyOffline } from "./classify.ts";
import { PHRASES } from "./phrases.ts";
import { tellOrders } from "./tell-orders.ts";

const WHOLE_PASSAGE = 400;
const SENTENCES = 3;

const passageShape = z.object({ title: z.string(), text: z.string() });
const resultShape = z.union([
  z.object({ error: z.string() }),
  z.object({ handoff: z.literal("opened") }),
  z.object({ passages: z.array(passageShape) }),
  z.object({ orders: z.array(z.unknown()) }),
]);

type Passage = z.infer<typeof passageShape>;

/** The answer out of the last tool result, in the customer's language; null when no tool was called yet. */
export function tellResult(brief: Brief): string | null {
  const last = brief.results.at(-1);
  if (last === undefined) return null;
  const phrases = PHRASES[brief.language];
  const result = resultShape.safeParse(last.result).data;
  if (result === undefined) return phrases.cannotLookUp;
  if ("error" in result) return tellError(result.error, brief);
  if ("handoff" in result) return brief.intent === "complaint" ? phrases.complaintHandoff : phrases.handoff;
  if ("orders" in result) return tellOrders(result.orders, brief.language);
  if (result.passages.length === 0) return phrases.nothingFound(brief.company);
  const told = passagesFor(brief.text, result.passages).map(({ text }) => fitting(text, brief.text));
  return `${greets(brief.text) ? phrases.hello(brief.customerName) : ""}${told.join("\n\n")}`;
}

function tellError(error: string, { language, company }: Brief): string {
  const phrases = PHRASES[language];
  if (error === "order not found") return phrases.orderNotFound;
  if (error === "order system unavailable") return phrases.unavailable;
  return error === "nothing found" ? phrases.nothingFound(company) : phrases.cannotLookUp;
}

/** The best passage; of two questions in one message, the best for each. */
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
function fitting(passage: string, question: string): string {
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

function overlap(text: string, asked: ReadonlySet<string>): number {
  return new Set(stems(text).filter((stem) => asked.has(stem))).size;
}

function stems(text: string): string[] {
  return (plain(text).match(/[\p{L}\d]{4,}/gu) ?? []).map((word) => word.slice(0, 5));
}

function greets(text: string): boolean {
  const opening = text.split(/[\n.!?,;]/)[0] ?? "";
  const { intent, confidence } = classifyOffline(opening);
  return intent === "greeting" && confidence >= 0.7;
}
