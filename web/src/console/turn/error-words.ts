import { textFor } from "../../texts/texts.ts";
import type { TurnPageTexts } from "../../texts/turn-page/load.ts";

/** An error code of a turn in words, e.g. `send:graph_131047`; null when nothing is known of it. */
export function errorWords(code: string, words: TurnPageTexts): string | null {
  const [where = "", what = "", more = ""] = code.split(":");
  const place = textFor(words.places, where);
  // `tool:<name>:<cause>` and `media:<type>:<cause>` name what it was in between; `cut:<kind>:<model>` names the model at the end.
  const between = more !== "" && where !== "cut";
  const cause = causeWords(between ? more : what, words);
  if (place === undefined || cause === null) return cause;
  return between ? `${place} (${what}): ${cause}` : `${place}: ${cause}`;
}

function causeWords(cause: string, words: TurnPageTexts): string | null {
  const known = textFor(words.causes, cause);
  if (known !== undefined) return known;
  const [kind = "", number = ""] = cause.split("_");
  if (kind === "graph" && number !== "") return words.metaCode(number);
  if (kind === "pg" && number !== "") return words.databaseRefused(number);
  if (kind !== "http" || number === "") return null;
  return number.startsWith("5") ? words.serviceFailed(number) : words.serviceRefused(number);
}
