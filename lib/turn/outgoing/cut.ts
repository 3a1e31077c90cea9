import type { Facts } from "./facts.ts";
import { type Unknown, unknownIn } from "./unknown.ts";

/** Marks a cut: a private-use character, which `withoutHidden` has removed from the source. */
const GAP = "\uE000";

/** Passes over a text, since a cut may join its two sides into an address. */
const PASSES = 4;

/** The remaining text, null when nothing readable is left, and the kinds of the cuts. */
export interface Cut {
  text: string | null;
  kinds: ReadonlySet<"address" | "phone">;
}

/**
 * Cuts addresses and phone numbers that are not among the facts. A Markdown link keeps its words; a sentence that only
 * introduced an address is cut with it.
 */
export function cutUnknown(source: string, facts: () => Facts): Cut {
  const kinds = new Set<"address" | "phone">();
  let text = source.normalize("NFC");
  for (let pass = 0; pass < PASSES; pass++) {
    const unlinked = text.replace(LINK, (link: string, words: string, target: string) => {
      if (unknownIn(target, facts).length === 0 && isPlace(target)) return link;
      kinds.add("address");
      return words;
    });
    const unknown = unknownIn(unlinked, facts);
    for (const { kind } of unknown) if (kind !== "joint") kinds.add(kind);
    if (unknown.length === 0) return { text: /[\p{L}\p{N}\p{S}]/u.test(unlinked) ? unlinked : null, kinds };
    text = tidy(gapped(unlinked, unknown));
  }
  return { text: null, kinds };
}

const LINK =
  /!?\[([^[\]\n]{0,300})\]\( {0,3}<?([^\s)>]{0,500})>?(?:\s{1,3}["'(][^\n]{0,200}?["')])? {0,3}\)/gu;

/** True for the target of a link that we send: an address, a mailbox or a phone. */
const isPlace = (target: string): boolean =>
  /^(?:https?:\/\/|mailto:|tel:)|^[^\s:]+\.[^\s:]+$/iu.test(target);

function gapped(text: string, unknown: readonly Unknown[]): string {
  let gapped = "";
  let from = 0;
  for (const { start, end, kind } of unknown) {
    if (start < from) continue;
    const cut = text.slice(start, end);
    gapped += text.slice(from, start) + (kind === "joint" ? cut.replace(/\.(?=[^.]*$)/u, ". ") : GAP);
    from = end;
  }
  return gapped + text.slice(from);
}

/** Tidies line by line; a line that only announced a cut goes too. */
function tidy(text: string): string {
  const kept: string[] = [];
  let dropped = false;
  for (const line of [...text.split("\n"), null]) {
    const tidied = line?.includes(GAP) ? tidyLine(line) : line;
    const announced = dropped && (tidied === null || tidied === undefined || tidied.trim() === "");
    if (announced && /:[*_\s]*$/u.test(kept.at(-1) ?? "")) kept.pop();
    if (line === null) break;
    if (tidied === null || tidied === undefined) dropped = true;
    else {
      kept.push(tidied);
      dropped = false;
    }
  }
  return kept
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

const BULLET = /^(?:\s{0,8}(?:[-*+•>]|\d{1,3}[.)]|#{1,6})\s)*/u;

/** The line without its cuts; null when nothing is left. */
function tidyLine(line: string): string | null {
  const [bullet = ""] = BULLET.exec(line) ?? [];
  const sentences = line
    .slice(bullet.length)
    .split(/(?<=[.!?…]["'”’»)\]*_]{0,4})(\s+)/u)
    .map((part) => (part.includes(GAP) ? tidySentence(part) : part));
  const rest = sentences.join("").trim();
  return /[\p{L}\p{N}\p{S}]/u.test(rest) ? bullet + rest : null;
}

const WORDS =
  "en|a|al|ao|à|às|no|na|nos|nas|neste|nesse|por|pelo|pela|via|vía|em|at|to|on|in|from|here|aqu[ií]|desde|through|using|con|com|with|el|la|o|los|las|este|esta|this|the|our|nuestr[oa]|noss[oa]|siguiente|seguinte|following|enlace|link|p[aá]gina|page|web|website|sitio|site|n[uú]mero|number|tel[eé]fono|telefone|phone|correo|e-?mail|direcci[oó]n|address|or|ou|y|and|e|de|da|do|del|of";
/** Words that lead up to a cut, meaningless without it. */
const LEADING = new RegExp(
  `(?:[\\s*_]*[:,;–—→👉📞📱🔗☎/-]|[\\s*_]+(?:${WORDS})(?![\\p{L}\\p{N}]))+[\\s*_]*$`,
  "iu",
);
/** Verbs that need the cut as their object: without it the sentence says nothing. */
const DANGLING =
  /(?:^|[\s*_¡¿])(?:es|is|é|son|are|são|será|visit[ae]?|abr[ae]|abrir|open|us[ae]|see|ver|veja|check|revis[ae]|clic|click|clique)[\s*_:,]*$/iu;
const FEWEST_WORDS = 3;
const TAIL = 120;

/** A cut in parentheses, with a word or two. */
const ASIDE = new RegExp(`\\s?\\([^()]{0,20}${GAP}[^()]{0,10}\\)`, "gu");

/** The sentence without its cuts; empty when it says nothing without them. */
function tidySentence(sentence: string): string {
  const pieces = sentence
    .replace(ASIDE, GAP)
    .replace(new RegExp(`[([{<«"“'*_~\`]{1,3}\\s?${GAP}\\s?[)\\]}>»"”'*_~\`]{1,3}`, "gu"), GAP)
    .split(GAP);
  const last = pieces.at(-1) ?? "";
  // Only the end of a piece leads up to the cut; searching all of it would cost too much.
  const before = pieces
    .slice(0, -1)
    .map((piece) => piece.slice(0, -TAIL) + piece.slice(-TAIL).replace(LEADING, ""));
  if (before.some((piece) => DANGLING.test(piece.slice(-TAIL)))) return "";
  const rest = [...before, last]
    .join("")
    .replace(/([*_~])\1?(?:[^\p{L}\p{N}*_~\n]{0,3})\1\1?/gu, "")
    .replace(/(?<![ \t])[ \t]+(?=[.,;:!?)])/gu, "")
    .replace(/(?<![,;:])[,;:]+(?=[.!?])/gu, "")
    .replace(/[ \t]{2,}/gu, " ")
    .replace(/^[\s,;:.–—-]+/u, "");
  return (rest.match(/[\p{L}\p{N}]+/gu) ?? []).length >= FEWEST_WORDS ? rest : "";
}
