import { tool } from "ai";
import { z } from "zod";
import type { Language } from "../lib/types/company.ts";
import type { OrderRecord, ToolContext } from "../lib/types/tools.ts";

/** Passages that the bot reads of those that are found, and the characters of each. */
export const PASSAGES = 3;
export const PASSAGE_CHARACTERS = 1200;
const ORDERS = 5;
const OFFER_PERSON = "Say so, and offer to pass the customer to a person.";
// 3 to 12 digits after up to four letters; dates and decimal numbers do not match.
const ORDER_NUMBER = /(?<![\p{L}\p{N}/.,:-])(?:\p{Lu}{1,4}-?)?\d{3,12}(?![\p{N}/:-]|[.,]\d)/u;

/** Result for the model: data to answer from, or an error that it can act on. */
export type LookupResult =
  | { passages: { title: string; text: string; language: Language }[] }
  | { orders: OrderRecord[]; hint?: string }
  | { error: string; hint: string };

/** Searches the knowledge base or the verified customer's own orders; the model never chooses the customer. */
export function createLookup(context: ToolContext) {
  return tool({
    description:
      'Looks things up. source "knowledge": the company\'s own information (products, prices, shipping, payment, returns, hours, …); query: the question in the customer\'s language, in a few words. source "orders": this customer\'s own orders; query: the order number, or "all" for the latest.',
    inputSchema: z.object({
      source: z.enum(["knowledge", "orders"]),
      query: z.string().max(200),
    }),
    execute: ({ source, query }, { abortSignal }): Promise<LookupResult> =>
      source === "knowledge"
        ? searchKnowledge(context, query)
        : findOrders(context, query, abortSignal ?? new AbortController().signal),
  });
}

async function searchKnowledge(
  { knowledge, tenant, language, reportFailure }: ToolContext,
  query: string,
): Promise<LookupResult> {
  try {
    const hits = await knowledge.search(tenant.id, query, language, PASSAGES);
    if (hits.length === 0)
      return { error: "nothing found", hint: `Try once with other words. ${OFFER_PERSON}` };
    return {
      passages: hits.slice(0, PASSAGES).map(({ title, text, language: written }) => ({
        title,
        text: text.slice(0, PASSAGE_CHARACTERS).toWellFormed(),
        language: written,
      })),
    };
  } catch (error) {
    reportFailure(error);
    return { error: "knowledge base unavailable", hint: OFFER_PERSON };
  }
}

async function findOrders(
  { records, customer, reportFailure }: ToolContext,
  query: string,
  signal: AbortSignal,
): Promise<LookupResult> {
  if (records === null) return { error: "no order system connected", hint: OFFER_PERSON };
  const number = orderNumberIn(query);
  try {
    const orders = (await records.orders(customer, number, signal)).slice(0, ORDERS);
    if (orders.length > 0) return { orders };
    if (number === null) return { orders, hint: `No orders under this customer's number. ${OFFER_PERSON}` };
    // Same result for an unknown number and for another customer's order.
    return {
      error: "order not found",
      hint: `No such order under this customer's number: ask them to check it. ${OFFER_PERSON}`,
    };
  } catch (error) {
    reportFailure(error);
    return { error: "order system unavailable", hint: OFFER_PERSON };
  }
}

/** Order number in a query, upper case; null when there is none. */
function orderNumberIn(query: string): string | null {
  return ORDER_NUMBER.exec(query.toUpperCase())?.[0] ?? null;
}
