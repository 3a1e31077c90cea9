import type { ConsoleTexts } from "../../texts/console.ts";
import { textFor } from "../../texts/texts.ts";
import { ApiError } from "../client/api.ts";

/** Words for a failure: what happened and what to do. `more` are words of a page for codes of its own. */
export function errorWords(
  { shell }: ConsoleTexts,
  error: unknown,
  more: Readonly<Record<string, string>> = {},
): string {
  if (!(error instanceof ApiError)) return shell.errors.unknown;
  const known = textFor(more, error.code) ?? textFor(shell.errors, error.code);
  if (known !== undefined) return known;
  if (error.status >= 500) return shell.errors.unavailable;
  return shell.errors.unknown;
}
