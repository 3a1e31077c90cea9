import { unwrapFence } from "../../../whatsapp/format/unwrap.ts";
import { callsIn, elementCallsIn, headedCallsIn } from "./calls.ts";
import { dialogueIn, elementTurnsIn } from "./dialogue.ts";
import { marksIn } from "./marks.ts";
import { type LeakKind, type Passage, without } from "./passage.ts";
import { asidesIn, headedThinkingIn, thinkingIn } from "./thinking.ts";
import { tokensIn } from "./tokens.ts";

/** Removing one passage may uncover another; beyond this many rounds a text is nothing but leaks. */
const ROUNDS = 4;

/** A text without leaks, and their kinds. */
export interface Shown {
  /** Null when what is left does not stand by itself. */
  text: string | null;
  kinds: ReadonlySet<LeakKind>;
}

/**
 * Takes out of a model's text what is not meant for the customer: thinking, tool calls (`tools` are our own names),
 * tokens of chat templates, invented turns, our own marks. Any other text is returned unchanged. Linear.
 */
export function withoutLeaks(source: string, tools: readonly string[]): Shown {
  const kinds = new Set<LeakKind>();
  let text = source;
  let last: Passage | null = null;
  for (let round = 0; round < ROUNDS; round++) {
    const before: string = text;
    for (const find of finders(tools)) {
      const open: string = unwrapFence(text, "always");
      const found = find(open);
      if (found.length === 0) continue;
      for (const { kind } of found) kinds.add(kind);
      last =
        found.findLast(({ kind, end }) => kind === "call" && !/[\p{L}\p{N}]/u.test(open.slice(end))) ?? last;
      text = without(open, found);
    }
    if (text === before) return { text: last && isAnnouncement(text) ? null : text, kinds };
  }
  return { text: null, kinds };
}

const finders = (tools: readonly string[]): ((text: string) => Passage[])[] => [
  thinkingIn,
  asidesIn,
  headedThinkingIn,
  (text) => headedCallsIn(text, tools),
  marksIn,
  (text) => elementCallsIn(text, tools),
  (text) => callsIn(text, tools),
  elementTurnsIn,
  wrappersIn,
  tokensIn,
  dialogueIn,
];

/** An element around the whole answer, and one that stands at its beginning or end alone. */
function wrappersIn(text: string): Passage[] {
  const opener =
    /^\s*<(?:final_?)?(?:answer|response|reply|output|assistant|message|respuesta|resposta|final)>/i.exec(
      text,
    );
  const closer =
    /<\/(?:final_?)?(?:answer|response|reply|output|assistant|message|respuesta|resposta|final)>\s*$/i.exec(
      text.slice(-60),
    );
  const at = text.length - Math.min(60, text.length);
  return [
    ...(opener ? [{ start: 0, end: opener[0].length, kind: "token" as const }] : []),
    ...(closer ? [{ start: at + closer.index, end: text.length, kind: "token" as const }] : []),
  ];
}

/** What leads up to a call that was never made: `Voy a revisarlo…`, `Let me check:`. */
function isAnnouncement(text: string): boolean {
  const sentences = text.trim().split(/(?<=[.!?…:])\s+/u);
  return /[:…]$|\.\.\.$/.test(text.trim()) || ANNOUNCING.test(sentences.at(-1) ?? "");
}

const ANNOUNCING =
  /(?<!\p{L})(?:voy a|vamos a|d[eé]ja(?:me|nos)|perm[ií]te(?:me|nos)|perm[ií]tame|un momento|un segundo|un instante|espera|dame un|let me|let's|i'?ll|i will|i'm going to|i need to|one moment|just a (?:moment|second)|hold on|please wait|vou|vamos|deixe?-?(?: me)?|deixa eu|um momento|um instante|um segundo|s[oó] um|aguarde?|consultando|buscando|revisando|verificando|checking|searching|looking (?:it |that )?up|calling)(?!\p{L})/iu;
