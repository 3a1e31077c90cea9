import { codeStretches, isWithin } from "../../../whatsapp/format/code.ts";
import { isNamed } from "../../../whatsapp/format/named.ts";
import type { Passage } from "./passage.ts";

const ASSISTANT =
  "assistant|(?:asistente|assistente)(?: virtual)?|virtual assistant|chatbot|chatgpt|ai assistant|ai|ia|bot|model|agente|agent|atendente|asesora?";
const CUSTOMER =
  "user|you|system|human|customer|client|usuario|usuário|usuaria|usuária|humano|cliente|comprador|shopper|buyer";
const ALWAYS = /^(?:user|human|humano)$/i;

/** A line of a dialogue: a role, also in bold, as a heading or with a name, and what is said. */
const LINE = new RegExp(
  `^[^\\S\\n]{0,3}(?:#{1,6}[^\\S\\n]{0,3})?(?<mark>[*_[<]{0,3})(?:(?<assistant>${ASSISTANT})|(?<customer>${CUSTOMER}))(?:[^\\S\\n]?\\([^()\\n]{1,30}\\))?[\\]*_>]{0,3}(?<sign>[:：>]|[^\\S\\n]*$)[*_]{0,3}[^\\S\\n]*(?<said>[^\\n]*)$`,
  "gim",
);
/** Headings of prompts that models were trained with. */
const PROMPT_LINE =
  /^###[^\S\n]?(?:(?<name>Instruction|Input|Response|Output|System|Context|Question|Answer|Customer)s?:|(?<role>User|Human|Assistant):?)[^\S\n]*$/gim;

interface Line {
  start: number;
  /** Where the words behind the label begin. */
  words: number;
  end: number;
  role: "assistant" | "customer";
  label: string;
  said: string;
  /** The label alone, as a template that lost its tokens leaves it. */
  bare: boolean;
  heading?: boolean;
}

/**
 * Turns that a model made up, from the first one after its answer on; labels before the answer; a question that it repeats
 * before. A list of data that has a customer's name in it (`Cliente: Ana`, `Usuario: ana`) is none. Linear.
 */
export function dialogueIn(text: string): Passage[] {
  const lines = linesOf(text);
  const found: Passage[] = [];
  let answered = false;
  let from = 0;
  for (const [at, line] of lines.entries()) {
    answered ||= /[\p{L}\p{N}\p{So}]/u.test(text.slice(from, line.start));
    if (answered ? !isTurn(text, lines, at) : !isLabel(lines, at)) {
      answered = true;
      continue;
    }
    if (answered) return [...found, { start: beginning(text, line), end: text.length, kind: "turn" }];
    const next = lines[at + 1];
    const end = line.role === "customer" ? (next?.start ?? text.length) : line.words;
    found.push({ start: line.start, end, kind: "turn" });
    from = end;
  }
  return found.length > 0 ? found : inlineTurns(text);
}

/** With the rule before the turn, and the question of somebody whom the model gave a name. */
function beginning(text: string, line: Line): number {
  const before = text.slice(0, line.start).trimEnd();
  const last = lastLineOf(before);
  const isBefore = /^\s*[-*_=]{3,}$/.test(last) || isAnswerToNamed(text, line);
  return isBefore ? before.length - last.length : line.start;
}

/** True for `Asistente: …` right below `Ana: ¿…?`, with an answer above both. */
function isAnswerToNamed(text: string, { role, start }: Line): boolean {
  const before = text.slice(0, start);
  const last = lastLineOf(before.slice(0, -1));
  const above = before.length - 1 - last.length;
  return (
    role === "assistant" &&
    NAMED_QUESTION.test(last) &&
    above > 0 &&
    !new RegExp(`^\\W*(?:${ASSISTANT})`, "i").test(last)
  );
}

const NAMED_QUESTION = /^[*_[]{0,3}\p{Lu}[\p{L} ]{1,30}\]?:[*_]{0,3}\s[^\n]{0,500}[?¿]/u;

/** Before any word of an answer: a role of the assistant, or of the customer if an assistant follows. */
function isLabel(lines: readonly Line[], at: number): boolean {
  const line = lines[at];
  if (line?.role === "customer") return lines.slice(at + 1, at + 4).some(({ role }) => role === "assistant");
  // "Agente: Laura" may be said of a person, "Model: X200" of a product.
  if (/^(?:agente|agent|atendente|asesora?)$/.test(line?.label ?? ""))
    return lines.some(({ role }) => role === "customer");
  return line !== undefined && (line.bare ? /^(?:assistant|model)$/ : /^(?!model$)/).test(line.label);
}

function isTurn(text: string, lines: readonly Line[], at: number): boolean {
  const line = lines[at];
  if (!line || line.said.includes(" / ")) return false;
  if (line.heading) return true;
  const before = text.slice(0, line.start).trimEnd();
  const apart = /\n[^\S\n]*\n[^\S\n]*$/.test(text.slice(Math.max(0, line.start - 40), line.start));
  const after = /^[^\n]*\n?/.exec(text.slice(line.end + 1))?.[0] ?? "";
  if (line.bare)
    return (
      /^(?:user|human|assistant|model)$/.test(line.label) &&
      (isMixed(lines) || (apart && ALWAYS.test(line.label)))
    );
  if (isAnswerToNamed(text, line)) return true;
  if (
    (!apart && isData(lastLineOf(before))) ||
    (isData(after) && lines[at + 1]?.start !== line.end + 1) ||
    before.endsWith(":")
  )
    return false;
  const others = lines.slice(at + 1, at + 3).some(({ role }) => role !== line.role);
  if (others || /[?¿]/.test(line.said)) return true;
  if (line.role === "assistant")
    return /^(?:assistant|asistente|assistente)$/i.test(line.label) && !isName(line.said);
  return (apart && ALWAYS.test(line.label)) || CHAT.test(line.said) || !isName(line.said);
}

/** True when both sides speak; looks at the first lines. */
const isMixed = (lines: readonly Line[]): boolean =>
  new Set(lines.slice(0, 20).map(({ role }) => role)).size > 1;

/** A line with a label of its own, or an item of a list. */
const isData = (line: string): boolean =>
  /^\s*(?:[-*+•]|\d{1,3}[.)])\s/.test(line) ||
  (/^[\s*_]*\p{L}[^:\n?¿.!]{0,40}:[*_]*[^\S\n]+\S/u.test(line) && line.length < 200);

const lastLineOf = (text: string): string => text.slice(text.lastIndexOf("\n") + 1);

/** A name, a number or a word: what stands behind a label in a list of data. */
const isName = (said: string): boolean => {
  const words = said.replace(/[*_`]/g, "").trim().split(/\s+/);
  return (
    words.length === 1 ||
    (words.length <= 5 &&
      words.every((word) => /^[\p{Lu}\p{N}+(#@]|^(?:de|del|la|da|do|dos|y|e|tu|your|seu)$/u.test(word)))
  );
};
/** One word that a customer says and no list of data holds. */
const CHAT =
  /^(?:ok(?:ay|ey)?|gracias|thanks|obrigad[oa]|sí|si|yes|sim|no|não|hola|hello|hi|oi|olá|perfecto|perfeito|great|vale|listo|dale|bien|más)[.!]*$/i;

function linesOf(text: string): Line[] {
  const code = codeStretches(text);
  const lines = Array.from(text.matchAll(LINE), ({ 0: line, index, groups = {} }): Line => {
    const { assistant, customer, sign = "", said = "" } = groups;
    return {
      ...{ start: index, words: index + line.length - said.length, end: index + line.length, said },
      role: assistant === undefined ? "customer" : "assistant",
      label: (assistant ?? customer ?? "").toLowerCase(),
      bare: sign.trim() === "",
    };
  });
  const headings = Array.from(text.matchAll(PROMPT_LINE), ({ 0: line, index, groups }): Line => {
    const end = index + line.length;
    const answers = /^(?:response|output|answer|assistant)$/i.test(groups?.name ?? groups?.role ?? "");
    return {
      start: index,
      words: end,
      end,
      said: "",
      heading: true,
      role: answers ? "assistant" : "customer",
      label: answers ? "assistant" : "user",
      bare: false,
    };
  });
  return (
    [...headings, ...lines.filter(({ start }) => !headings.some((heading) => heading.start === start))]
      // A title of one word is no label.
      .filter(({ start, end, bare }) => !bare || /^[A-Za-z]+$/.test(text.slice(start, end).trim()))
      .filter(({ start }) => !isWithin(start, code))
      .sort((one, other) => one.start - other.start)
  );
}

/** Turns on one line: a sentence, `User: …`, and `Assistant: …` behind it. */
function inlineTurns(text: string): Passage[] {
  const turn = /(?<=[.!?…)]["'”»]?\s{1,3})(?:User|Human|Customer|Usuario|Usuário|Cliente|Humano):\s/.exec(
    text,
  );
  if (!turn || !/\s(?:Assistant|Asistente|Assistente|AI|Bot):\s/.test(text.slice(turn.index))) return [];
  return [{ start: turn.index, end: text.length, kind: "turn" }];
}

const ELEMENT =
  /<(?<slash>\/?)(?<name>user|human|customer|system(?:[-_](?:reminder|prompt|message|note))?)>/gi;

/** Turns of others as elements (`<user>…</user>`, `<system-reminder>…`), and an end of one that is left at the text's end. */
export function elementTurnsIn(text: string): Passage[] {
  const code = codeStretches(text);
  const found: Passage[] = [];
  let open: { name: string; start: number } | null = null;
  for (const { 0: tag, index: start, groups = {} } of text.matchAll(ELEMENT)) {
    const end = start + tag.length;
    if (isWithin(start, code) || isNamed(text, start, end)) continue;
    const name = groups.name?.toLowerCase() ?? "";
    if (groups.slash === "") open ??= { name, start };
    else if (open?.name === name) {
      found.push({ start: open.start, end, kind: "turn" });
      open = null;
    } else if (open === null && text.slice(end).trim() === "") found.push({ start, end, kind: "turn" });
  }
  return found;
}
