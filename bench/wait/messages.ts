import type { IntentName } from "../../lib/intents/table.ts";
import type { Language } from "../../lib/types/company.ts";
import { readLabelled } from "../../tests/intents/labelled/read.ts";

/** A customer's first message, and what it is about. */
export interface Message {
  text: string;
  intent: IntentName;
  language: Language;
}

/** Messages to shops of many trades with the intents that a person gave them, those by which no classifier was tuned, once each. */
export const MESSAGES: readonly Message[] = [
  ...new Map(
    readLabelled("whatsapp").flatMap((message) => (message.half === "test" ? [[message.text, message]] : [])),
  ).values(),
];

const COUNTRY: Record<Language, string> = { es: "51", pt: "55", en: "1" };

/** A phone of the message's country, of its own in each mode. */
export const phoneOf = ({ language }: Message, mode: number, index: number): string =>
  `${COUNTRY[language]}9${String(mode).padStart(2, "0")}${String(index).padStart(6, "0")}`;

/** The order that a message names, or any. */
export const orderOf = ({ text }: Message): string => /(?<![\d])\d{3,12}(?![\d])/.exec(text)?.[0] ?? "1001";
