import { plain } from "../../../lib/language/fold.ts";
import type { Language } from "../../../lib/types/company.ts";
import type { Answer } from "../protocol/request.ts";
import type { Brief } from "./brief.ts";
import { PHRASES } from "./phrases/phrases.ts";
import { itemsOf, type Order, type Passage, readResult } from "./results.ts";
import { overlap, stems } from "./stems.ts";

// Of `offer_choices`: what is longer is not offered.
const TITLE_CHARACTERS = 60;
const DESCRIPTION_CHARACTERS = 72;
/** A question of more words says which passage it wants. */
const VAGUE_WORDS = 2;

/** "Which of these?", when the last look-up left that open: several orders, or a word that several passages are about. */
export function offerChoices({ results, text, language }: Brief, tools: readonly string[]): Answer | null {
  const last = results.at(-1);
  const result = last?.tool === "lookup" ? readResult(last.result) : undefined;
  if (result === undefined || !tools.includes("offer_choices")) return null;
  const input =
    "orders" in result
      ? ordersToTap(result.orders, language)
      : "passages" in result
        ? passagesToTap(text, result.passages, language)
        : null;
  return input && { toolCalls: [{ name: "offer_choices", arguments: JSON.stringify(input) }] };
}

function ordersToTap(orders: readonly Order[], language: Language) {
  if (orders.length < 2) return null;
  const phrases = PHRASES[language];
  const options = orders.map((order) => ({
    title: phrases.orderOption(order.number),
    ...(itemsOf(order).length <= DESCRIPTION_CHARACTERS ? { description: itemsOf(order) } : {}),
  }));
  return { options, button: phrases.seeOrders };
}

function passagesToTap(text: string, passages: readonly Passage[], language: Language) {
  const asked = new Set(stems(text));
  if (asked.size === 0 || asked.size > VAGUE_WORDS) return null;
  const shared = passages.map(({ title }) => overlap(title, asked));
  const most = Math.max(...shared);
  const titles = passages.filter((_, index) => shared[index] === most).map(({ title }) => title);
  const settled = titles.some((title) => plain(title) === plain(text) || title.length > TITLE_CHARACTERS);
  if (most === 0 || settled || new Set(titles.map(plain)).size < 2) return null;
  return { options: titles.map((title) => ({ title })), button: PHRASES[language].seeTopics };
}
