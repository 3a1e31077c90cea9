import type { Facts } from "./facts.ts";
import { type Unknown, unknownIn } from "./unknown.ts";

/** Stands where something was cut: a private character, which `withoutHidden` has taken out of the source. */
const GAP = "\uE000";

/** Times that a text is looked at again, since what a cut joins may be an address too. */
const LOOKS = 4;

/** What is left, and kinds of what was cut; `text` is null when nothing readable is left. */
export interface Cut {
  text: string | null;
  kinds: ReadonlySet<"address" | "phone">;
}

/**
 * The text without addresses and telephone numbers that are not among the facts. A Markdown link keeps its words; a
 * sentence goes with the address that it was only there for.
 */
export function cutUnknown(source: string, facts: () => Facts): Cut {
  const kinds = new Set<"address" | "phone">();
  let text = source.normalize("NFC");
  for (let look = 0; look < LOOKS; look++) {
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

/** A link leads to an address, a mailbox or a telephone, or it is none of ours. */
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

/** Line by line; a line that announced only what was cut goes too. */
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

/** Null when nothing is left of the line. */
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
/** Leads to what was cut, and to nothing without it. */
const LEADING = new RegExp(
  `(?:[\\s*_]*[:,;–—→👉📞📱🔗☎/-]|[\\s*_]+(?:${WORDS})(?![\\p{L}\\p{N}]))+[\\s*_]*$`,
  "iu",
);
/** Calls for what was cut: without it the sentence says nothing. */
const DANGLING =
  /(?:^|[\s*_¡¿])(?:es|is|é|son|are|são|será|visit[ae]?|abr[ae]|abrir|open|us[ae]|see|ver|veja|check|revis[ae]|clic|click|clique)[\s*_:,]*$/iu;
const FEWEST_WORDS = 3;
const TAIL = 120;

/** In parentheses, with a word or two. */
const ASIDE = new RegExp(`\\s?\\([^()]{0,20}${GAP}[^()]{0,10}\\)`, "gu");

/** What a sentence says without what was cut; empty when that is nothing. */
function tidySentence(sentence: string): string {
  const pieces = sentence
    .replace(ASIDE, GAP)
    .replace(new RegExp(`[([{<«"“'*_~\`]{1,3}\\s?${GAP}\\s?[)\\]}>»"”'*_~\`]{1,3}`, "gu"), GAP)
    .split(GAP);
  const last = pieces.at(-1) ?? "";
  // Only the end of a piece leads on; a longer look would take longer than it is worth.
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
