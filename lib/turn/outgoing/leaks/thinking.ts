import { codeStretches, isWithin, type Stretch } from "../../../whatsapp/format/code.ts";
import { isNamed } from "../../../whatsapp/format/named.ts";
import type { Passage } from "./passage.ts";

/** Names of elements that hold a model's thinking, by the templates of DeepSeek, Qwen, Mistral, Kimi, Cohere, Gemma and others. */
const NAMES =
  "(?:[a-z\\d]{1,12}[:_])?(?:think(?:ing)?(?:[_ -](?:process|block|steps?))?|thoughts?|reason(?:ing)?|reflection|scratch_?pad|analysis|rationale|deliberation|monologue|inner[_ -]?(?:monologue|thoughts?)|chain[_ -]?of[_ -]?thoughts?|cot|internal(?:[_ -][a-z]{1,12})?|ant_?thinking|planning|pensamientos?|pensamentos?|pensando|razonamiento|racioc[ií]nio|reflexi[oó]n|reflex[aã]o)";
const TAG = new RegExp(
  [
    `(?:\\\\?<|&lt;)\\s?(?<slash>/?)\\s?${NAMES}(?:\\s[^<>\\n]{0,200})?\\s?(?:\\\\?>|&gt;)`,
    "\\[(?<bracket>/?)(?:THINK(?:ING)?|think(?:ing)?|REASONING)\\](?!\\([^\\s()]{1,300}\\))",
    "◁(?<triangle>/?)think(?:ing)?▷",
    "<\\|?(?<pipe>begin|start|end|/)?[_▁]?(?:of[_▁]?)?(?:thoughts?|think(?:ing)?|reasoning)(?:_(?<side>begin|start|end))?\\|?>",
    "<\\|channel>(?:thought|analysis)\\b|(?<channel><channel\\|>)",
    "(?<details><details\\s[^<>\\n]{0,100}reasoning[^<>\\n]{0,100}>|<details>\\s{0,9}<summary>[^<>\\n]{0,20}(?:thought|thinking|reasoning|pensamiento|razonamiento|pensamento|racioc[ií]nio))|(?<detailed></details>)",
    "<(?:ctrl|unused)9(?<nine>[45])>",
  ].join("|"),
  "gi",
);

interface Tag {
  start: number;
  end: number;
  closes: boolean;
  /** In code, or talked about. */
  quoted: boolean;
}

/** Parts of a text that are read anew, since code in a block must not hide what stands behind it. */
const MOST = 20;

/** A model's thinking: blocks, also nested, those that were never closed, and those whose beginning is missing. Linear. */
export function thinkingIn(text: string): Passage[] {
  const found: Passage[] = [];
  let from = 0;
  for (let part = 0; part < MOST; part++) {
    const rest = text.slice(from);
    const next = firstIn(rest);
    if (next === null) break;
    if (next.closes) found.length = 0;
    const start = next.closes ? 0 : from + next.start;
    from += next.end;
    found.push({ start, end: from, kind: "thinking" });
  }
  return found;
}

/** The first block, or what stands before an end without a beginning. */
function firstIn(text: string): (Stretch & { closes: boolean }) | null {
  const tags = tagsIn(text);
  const ends = endsOf(text, tags);
  for (const [at, tag] of tags.entries()) {
    if (tag.quoted) continue;
    // Templates that open the block themselves leave the model only its end.
    if (tag.closes) return { start: 0, end: tag.end, closes: true };
    const last = ends[at] ?? null;
    if (isMentioned(text, tag, last === null ? undefined : tags[last])) continue;
    const end = last === null ? text.length : (tags[last]?.end ?? text.length);
    return { start: tag.start, end, closes: false };
  }
  return null;
}

/** A tag in the middle of a sentence that nothing ends, or that a sentence only names: `<think> y </think>`. */
function isMentioned(text: string, { start, end }: Tag, closer: Tag | undefined): boolean {
  const before = text.slice(Math.max(0, start - 80), start);
  if (!/[\p{L}\p{N},;(][^\S\n]*$/u.test(before)) return false;
  return closer === undefined || /^\s*(?:\p{L}{1,3}|\.{3}|…)?\s*$/u.test(text.slice(end, closer.start));
}

/**
 * For each opening tag the index of the one that ends it; of blocks that were not all closed, the last end. Behind a tag
 * that its sentence only names, the end is named too.
 */
function endsOf(text: string, tags: readonly Tag[]): (number | null)[] {
  const ends: (number | null)[] = tags.map(() => null);
  const open: number[] = [];
  let last: number | null = null;
  for (const [at, tag] of tags.entries()) {
    if (!tag.closes) {
      open.push(at);
      continue;
    }
    const opener = open.pop();
    if (opener !== undefined) ends[opener] = at;
    const named = opener === undefined ? undefined : tags[opener];
    if (named?.quoted && tag.start - named.end < 80 && !text.slice(named.end, tag.start).includes("\n"))
      tag.quoted = true;
    else last = at;
  }
  for (const opener of open) if (last !== null && last > opener) ends[opener] = last;
  return ends;
}

function tagsIn(text: string): Tag[] {
  const code = codeStretches(text);
  const all = Array.from(text.matchAll(TAG), ({ 0: tag, index, groups = {} }) => {
    const { slash, bracket, triangle, pipe, side, channel, detailed, nine } = groups;
    const end = index + tag.length;
    return {
      ...{ start: index, end, details: (groups.details ?? detailed) !== undefined },
      closes:
        [slash, bracket, triangle, pipe].some((mark) => mark?.startsWith("/") || /^end/i.test(mark ?? "")) ||
        (channel ?? detailed) !== undefined ||
        side === "end" ||
        nine === "5",
      quoted: isWithin(index, code) || isNamed(text, index, end),
    };
  });
  // Other pages have details too.
  return all.some(({ details, closes }) => details && !closes) ? all : all.filter(({ details }) => !details);
}

/** A note to itself in brackets, and a fence that says what it holds. */
const ASIDE =
  /[[(](?:thinking|thought|reasoning|internal(?: note| thought)?|note to self|pensamiento|razonamiento|pensamento|racioc[ií]nio|nota interna|nota para m[ií]|nota mental)\s?:[^[\]()\n]{0,2000}[\])]/gi;
const FENCE =
  /^(?:`{3,9}|~{3,9})[^\S\n]?(?:think(?:ing)?|thoughts?|reasoning|scratchpad|analysis)[^\S\n]{0,3}\n/i;

/** Thoughts in brackets or in a fence of their own. */
export function asidesIn(text: string): Passage[] {
  const code = codeStretches(text);
  const notes = Array.from(text.matchAll(ASIDE), ({ 0: { length }, index }) => ({
    start: index,
    end: index + length,
  }));
  const fences = code.filter(({ start }) => FENCE.test(text.slice(start, start + 40)));
  return [...notes.filter(({ start }) => !isWithin(start, code)), ...fences]
    .sort((one, other) => one.start - other.start)
    .map(({ start, end }) => ({ start, end, kind: "thinking" }));
}

/** Ways to begin with thoughts under a heading, and to end them: ReAct's, Granite's, and gpt-oss's without its tokens. */
const HEADED: readonly { begins: RegExp; ends: RegExp }[] = [
  {
    begins:
      /^\W{0,3}(?:Here(?:'|’| i)s my thought process|Thoughts?|Reasoning|Thinking)(?: process)?(?:\W{0,2}:|[^\S\n]*\n)/i,
    ends: /(?:^|\n)\W{0,4}(?:Here(?:'|’| i)s my response|Final (?:answer|response)|Response|Answer)(?:\W{0,2}:\**[^\S\n]*|[^\S\n]*\n)/gi,
  },
  {
    begins:
      /^[\s*_#]{0,4}(?:razonamiento|pensamiento|an[aá]lisis|racioc[ií]nio|pensamento|an[aá]lise)[*_]{0,2}:/i,
    ends: /(?:^|\n)[\s*_#]{0,4}(?:respuesta|resposta)(?: final)?[*_]{0,2}:[*_]{0,2}[^\S\n]*/gi,
  },
  { begins: /^analysis(?=\p{Lu}[\p{Ll}\s'])/u, ends: /assistant\s?(?:channel\s?)?final(?:\s?message)?\s?/g },
];

/** Thoughts under a heading, up to the heading of the answer. */
export function headedThinkingIn(text: string): Passage[] {
  for (const [at, { begins, ends }] of HEADED.entries()) {
    if (!begins.test(text)) continue;
    const last = [...text.matchAll(ends)].at(-1);
    if (last) return [{ start: 0, end: last.index + last[0].length, kind: "thinking" }];
    if (at > 1) return [{ start: 0, end: text.length, kind: "thinking" }];
  }
  // Without a heading for the answer, the first paragraph.
  const end = /\n[^\S\n]*\n/.exec(text)?.index;
  if (ALOUD.test(text) || (end !== undefined && ABOUT.test(text)))
    return [{ start: 0, end: end ?? text.length, kind: "thinking" }];
  const channel = CHANNEL.exec(text);
  return channel ? [{ start: 0, end: channel[0].length, kind: "token" }] : [];
}

/** A paragraph of thoughts, by its heading or because it speaks of the customer as "the user". */
const USER = "(?:(?:the )?user|(?:el |la )?usuari[oa]|(?:o |a )?usuári[oa])";
const ANYBODY =
  "(?:(?:the )?(?:user|customer)|(?:el |la )?(?:usuari[oa]|client[ea])|(?:o |a )?(?:usuári[oa]|cliente))";
const END = "(?![a-z\\u00C0-\\u024F])";
/** What a model says to itself before: `Okay, let me see.` */
const TO_ITSELF =
  "(?:(?:okay|ok|alright|hm+|so|well|wait|right|first|let me|let's|bien|vale|bueno|primero|veamos|a ver|bom|certo|vamos ver)(?![a-z])[^.!\\n]{0,60}[.!,:…]\\s)";
const AT_START = "^[^a-z\\u00C0-\\u024F\\n]{0,10}";
const ALOUD = new RegExp(
  `${AT_START}(?:${[
    "(?:thinking|thoughts?|reasoning|internal (?:note|thought|monologue)|pensando|pensamientos?|razonamiento|pensamentos?|racioc[ií]nio|an[aá]lisis interno|an[aá]lise interna)(?: process)?[*_]{0,2}(?::|\\.{3}|…)",
    "(?<!`)(?:thinking|thoughts?)(?: process)?[*_]{0,2}\\s{0,3}\\n",
    `${TO_ITSELF}{1,2}${USER}\\s(?:wants?|asks?|asked|said|says|wrote|sent|pregunta|pergunta|pide|pede|dice|disse|quer|quiere(?! decir))${END}`,
    `${TO_ITSELF}{0,2}${USER}\\s(?:asks|asked|said|wrote|pregunta|pergunta)${END}`,
    `${TO_ITSELF}{0,2}${ANYBODY}\\s(?:is|was|est[aá])\\s(?:asking|looking|requesting|inquiring|wondering|preguntando|pidiendo|buscando|perguntando|pedindo|procurando)${END}`,
    // gpt-oss without its tokens.
    "(?:we|i) (?:need to|should|must) (?:(?:respond|answer|reply)(?=\\s?[:.]|\\s(?:briefly|concisely|shortly)(?![a-z]))|(?:respond|answer|reply)(?=[^\\n]{0,600}?(?:the user (?!manual|guide|name)|\\bin (?:spanish|english|portuguese)\\b)))",
  ].join("|")})`,
  "iu",
);
/** What a rule of the shop may say too (`The user needs to register first.`): thoughts where the answer stands below. */
const ABOUT = new RegExp(
  `${AT_START}(?:${[
    `${TO_ITSELF}{0,2}${USER}\\s(?:wants?|said|says|seems|sent|pide|dice|quer|pede|disse|quiere(?! decir))${END}`,
    `${TO_ITSELF}{0,2}${USER}\\s(?:(?:is|was|est[aá])\\s\\p{L}{2,20}(?:ing|[ai]ndo|iendo)${END}|(?:has|ha)\\s(?:asked|said|sent|written|requested|preguntado|pedido|dicho|escrito))`,
    `${TO_ITSELF}{0,2}${ANYBODY}\\s(?:asks?|asked|wants|pregunta|quiere saber|pergunta|quer saber)${END}`,
    `${TO_ITSELF}{0,2}(?:the )?user(?:['’]s)?\\s(?:question|query|message|request)\\s?(?:is${END}|:)`,
    `${TO_ITSELF}{1,2}${USER}\\s(?:is|was|has|needs|está|ha|necesita|precisa)${END}`,
    "(?:based on|according to) (?:the system (?:prompt|instructions|message)|my (?:instructions|guidelines))",
    "seg[uú]n (?:las instrucciones del sistema|mis instrucciones)|de acordo com (?:as instruções do sistema|minhas instruções)",
  ].join("|")})`,
  "iu",
);
/** A channel of gpt-oss whose tokens were lost. */
const CHANNEL = /^(?:assistant)?(?:final|commentary)(?=[\p{Lu}¡¿]|<\|message\|>)/u;
