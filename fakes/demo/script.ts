import type { Language } from "../../lib/types/company.ts";

/** Colleagues of the demonstration. */
export type Colleague = "Lucía Quispe" | "Diego Rojas";

/** One line of a conversation; a customer's may come with a pause in minutes before it. */
export type Line =
  | {
      from: "customer";
      text: string;
      pauseMin?: number;
      voice?: string;
      photo?: true;
      receipt?: string;
      place?: true;
    }
  | { from: "bot"; text: string; intent: string; order?: string; passage?: string; failed?: number }
  | { from: Colleague; text: string; pauseMin?: number };

/** One conversation of the demonstration, as it is told. */
export interface Story {
  name: string;
  phone: string;
  language: Language;
  /** Minutes since its last line. */
  agoMin: number;
  lines: readonly Line[];
  /** A person is needed; `taken` by a colleague, `back` with the bot, or still waited for. */
  handoff?: { reason: string; summary: string; taken?: Colleague; back?: true };
  rating?: { score: number; why?: string };
  closed?: true;
  snoozedForMin?: number;
  optedOut?: true;
  tags?: readonly string[];
  note?: { by: Colleague; text: string };
}

/** What a customer writes; with a pause in minutes before it. */
export const says = (text: string, pauseMin = 1): Line => ({ from: "customer", text, pauseMin });
/** What the bot answers. */
export const bot = (
  intent: string,
  text: string,
  more: { order?: string; passage?: string; failed?: number } = {},
): Line => ({
  from: "bot",
  text,
  intent,
  ...more,
});
/** What a colleague writes. */
export const person = (from: Colleague, text: string, pauseMin = 3): Line => ({ from, text, pauseMin });
