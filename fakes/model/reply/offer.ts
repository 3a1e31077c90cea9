import { foldText } from "../../../lib/language/fold.ts";
import type { Language } from "../../../lib/types/company.ts";
import type { Answer } from "../protocol/request.ts";
import type { Brief } from "./brief.ts";
import { PHRASES } from "./phrases/phrases.ts";
import { itemsOf, type Order, type Passage, readResult } from "./results.ts";
import { overlap, stems } from "./stems.ts";

// Limits of `offer_choices`.
const TITLE_CHARACTERS = 60;
const DESCRIPTION_CHARACTERS = 72;
/** Longest question that may refer to several passages. */
const VAGUE_WORDS = 2;

/** Offers a choice when the last look-up was ambiguous: several orders, or a word that matches several passages. */
export function offerChoices({ results, text, language }: Brief, tools: readonly string[]): Answer | null {
  const last = results.at(-1);
  const result = last?.tool === "lookup" ? readResult(last.result) : undefined;
  if (result === undefined || !tools.includes("offer_choices")) return null;
  const input =
    "orders" in result
      ? orderChoices(result.orders, language)
      : "passages" in result
        ? passageChoices(text, result.passages, language)
        : null;
  return input && { toolCalls: [{ name: "offer_choices", arguments: JSON.stringify(input) }] };
}

function orderChoices(orders: readonly Order[], language: Language) {
  if (orders.length < 2) return null;
  const phrases = PHRASES[language];
  const options = orders.map((order) => ({
    title: phrases.orderOption(order.number),
    ...(itemsOf(order).length <= DESCRIPTION_CHARACTERS ? { description: itemsOf(order) } : {}),
  }));
  return { options, button: phrases.seeOrders };
}

function passageChoices(text: string, passages: readonly Passage[], language: Language) {
  const asked = new Set(stems(text));
  if (asked.size === 0 || asked.size > VAGUE_WORDS) return null;
  const shared = passages.map(({ title }) => overlap(title, asked));
  const most = Math.max(...shared);
  const titles = passages.filter((_, index) => shared[index] === most).map(({ title }) => title);
  const settled = titles.some(
    (title) => foldText(title) === foldText(text) || title.length > TITLE_CHARACTERS,
  );
  if (most === 0 || settled || new Set(titles.map(foldText)).size < 2) return null;
  return { options: titles.map((title) => ({ title })), button: PHRASES[language].seeTopics };
}
