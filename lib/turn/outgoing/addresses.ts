import { type Seen, see } from "./seen.ts";
import { TLDS } from "./tlds.ts";

/** A link or address in a text, by positions in `Seen`; `joint`: two sentences without a space between. */
export interface Address {
  start: number;
  end: number;
  kind: "url" | "opaque" | "email" | "joint";
}

const LABEL = "[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M}-]{0,62}";
/** Also the forms that people write to avoid a link. */
const DOT = "(?:\\.|[ ]?[\\[({][ ]?(?:\\.|dot|punto|ponto)[ ]?[\\])}][ ]?)";
const AT = "(?:@|[ ]?[\\[({][ ]?(?:@|at|arroba)[ ]?[\\])}][ ]?)";
const HOST = `${LABEL}(?:${DOT}${LABEL}){1,8}\\.?`;
const PATH = '(?::\\d{1,5})?(?:[/?#][^\\s<>"]{0,2000})?';
const START = "(?<![\\p{L}\\p{N}])";
/** Endings that are no words of our languages: always an address, whatever surrounds them. */
const UNMISTAKABLE = "com|net|org|info|xyz|io|app|online|site|shop|store|click|link|example";

/** As `see` shows them. */
const ENDINGS = new Set([...TLDS].map((ending) => see(ending).text));

interface Kind {
  kind: Address["kind"];
  pattern: RegExp;
  /** The length of the address within the match; null when it is none. */
  within: (match: string) => { length: number; kind?: Address["kind"] } | null;
}

const MAILBOX_END = new RegExp(`^${AT}`, "iu");
const whole = (match: string) => ({ length: withoutPunctuation(match).length });

/** Tried in order: a stretch found by one kind is not found by the next. */
const KINDS: readonly Kind[] = [
  { kind: "url", pattern: /(?<![a-z])[a-z][a-z0-9+.-]{1,15}:[/\\]{2}[^\s<>"]{1,2000}/giu, within: whole },
  {
    kind: "opaque",
    pattern:
      /(?<![a-z])(?:mailto|tel|sms|smsto|callto|whatsapp|facetime|javascript|vbscript|intent|market|tg):[^\s<>"]{1,2000}/giu,
    within: whole,
  },
  // Searched by its @; the mailbox before it is captured.
  {
    kind: "email",
    pattern: new RegExp(`(?<=([\\p{L}\\p{N}._%+-]{1,64}))${AT}${HOST}`, "giu"),
    within: (match) => host(match.replace(MAILBOX_END, "")) && whole(match),
  },
  {
    kind: "url",
    pattern: new RegExp(`${START}\\d{1,3}(?:\\.\\d{1,3}){3}(?!\\.?\\d)${PATH}`, "giu"),
    within: ip,
  },
  { kind: "url", pattern: new RegExp(`${START}${HOST}${PATH}`, "giu"), within: host },
  {
    kind: "url",
    pattern: new RegExp(
      `${START}${LABEL}(?:[ ]{1,3}(?:dot|punto|ponto)[ ]{1,3}${LABEL}){0,3}[ ]{1,3}(?:dot|punto|ponto)[ ]{1,3}(?:${UNMISTAKABLE})(?!\\p{L})`,
      "giu",
    ),
    within: whole,
  },
];

/** Every address in the text, in order, none within another. */
export function addressesIn({ text }: Seen): Address[] {
  let rest = text;
  const found: Address[] = [];
  for (const { kind, pattern, within } of KINDS) {
    const now: Address[] = [];
    for (const match of rest.matchAll(pattern)) {
      const part = within(match[0]);
      const start = match.index - (match[1]?.length ?? 0);
      if (part) now.push({ kind, ...part, start, end: match.index + part.length });
    }
    rest = blank(rest, now);
    found.push(...now);
  }
  return found.sort((one, other) => one.start - other.start);
}

/** The text with these stretches blanked, of the same length. */
export function blank(text: string, stretches: readonly { start: number; end: number }[]): string {
  if (stretches.length === 0) return text;
  let blanked = "";
  let from = 0;
  for (const { start, end } of stretches) {
    blanked += text.slice(from, start) + "\uE000".repeat(end - start);
    from = end;
  }
  return blanked + text.slice(from);
}

/** Removes trailing punctuation, which belongs to the sentence. */
export function withoutPunctuation(address: string): string {
  const open = address.includes("(");
  return address.replace(open ? /[.,;:!?…'"”’»\]}|]+$/u : /[.,;:!?…'"”’»)\]}|]+$/u, "");
}

function ip(match: string) {
  const [numbers = ""] = /^[\d.]+/.exec(match) ?? [];
  return numbers.split(".").every((number) => Number(number) < 256) ? whole(match) : null;
}

/** A host ends with a known ending; the end of one sentence and the start of the next are a `joint`. */
function host(match: string) {
  const labels = [...match.matchAll(new RegExp(`(${LABEL})(${DOT})?`, "giuy"))];
  const last = labels.findLastIndex(([, label = ""], at) => at > 0 && ENDINGS.has(label.toLowerCase()));
  const ending = labels[last]?.[1] ?? "";
  const before = labels[last - 1]?.[1] ?? "";
  if (ending === "") return null;
  const whole =
    labels.slice(0, last + 1).reduce((sum, [all]) => sum + all.length, 0) - (labels[last]?.[2]?.length ?? 0);
  const path = match.slice(whole);
  if (last === labels.length - 1 && /^\.?[:/?#]./.test(path))
    return { length: withoutPunctuation(match).length };
  if (new RegExp(`^(?:${UNMISTAKABLE})$`, "i").test(ending)) return { length: whole };
  // "9.am", "2.do": a number and an abbreviation.
  if (last === 1 && /^\d+$/.test(before)) return null;
  const joint = /^\p{Lu}\p{Ll}+$/u.test(ending) && /^\p{L}+$/u.test(before) && labels[last - 1]?.[2] === ".";
  return joint ? { length: whole, kind: "joint" as const } : { length: whole };
}
