import type { Texts } from "../texts/texts.ts";

type Words = Texts["simulator"]["messages"]["failures"];

/** Meta's error codes that have words of their own. */
const REASONS: Readonly<Record<number, Exclude<keyof Words, "code">>> = {
  131026: "undeliverable",
  131047: "window",
  131048: "rate",
  131049: "rate",
  131050: "optedOut",
  131056: "rate",
  130429: "rate",
};

/** Why a message failed, by the first of its codes; null when Meta named none. */
export function failureOf(errorCodes: readonly number[], texts: Texts): string | null {
  const [code] = errorCodes;
  if (code === undefined) return null;
  const words = texts.simulator.messages.failures;
  const reason = REASONS[code];
  return reason === undefined ? words.code(code) : words[reason];
}
