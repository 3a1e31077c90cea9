import type { Texts } from "../texts/texts.ts";

type Failures = Texts["chat"]["failures"];

/** Meta codes with a text of their own. */
const REASONS: Readonly<Record<number, Exclude<keyof Failures, "code">>> = {
  131026: "undeliverable",
  131047: "window",
  131048: "rate",
  131049: "rate",
  131050: "optedOut",
  131056: "rate",
  130429: "rate",
};

/** Reason why a message failed, from its first Meta code; null without one. */
export function failureOf(metaCodes: readonly number[], texts: Texts): string | null {
  const [code] = metaCodes;
  if (code === undefined) return null;
  const { failures } = texts.chat;
  const reason = REASONS[code];
  return reason === undefined ? failures.code(code) : failures[reason];
}
