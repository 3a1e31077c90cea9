import { quotedIn } from "../../intents/own.ts";
import type { ReplyExtra } from "../../types/outbound.ts";
import type { Claim } from "../../types/turn-store.ts";
import { toWhatsApp } from "../../whatsapp/format/format.ts";
import { replyMessages } from "../../whatsapp/messages/reply.ts";
import type { Journal } from "../state/journal.ts";
import { cutUnknown } from "./cut.ts";
import { type Facts, factsIn } from "./facts.ts";
import { withoutHidden } from "./hidden.ts";
import { isBlank } from "./leaks/blank.ts";
import { withoutLeaks } from "./leaks/leaks.ts";
import { withinParts } from "./parts.ts";
import { repeatsPrompt } from "./prompt-run.ts";
import { unknownIn } from "./unknown.ts";
import { UnusableReplyError } from "./unusable.ts";
import { wholePart } from "./whole.ts";

/** A model's words, and the extra that a tool put under them. */
export interface Said {
  markdown: string;
  extra: ReplyExtra | null;
}

/** The writer of a text: its model, the tools that it knows, and whether its limit of tokens cut it. */
export interface Writer {
  model: string;
  tools: readonly string[];
  cutByLimit?: boolean;
}

/** Sources that a reply may draw on, and the prompt that it must not repeat. */
export interface Sources {
  claim: Pick<Claim, "tenant" | "history" | "botNote">;
  journal: Pick<Journal, "failed" | "toolCalls">;
  writer: Writer;
  /** The instructions that the model was given. */
  prompt: string;
}

/** Parts of a prompt that customers read anyway. */
const PUBLIC = ["they can write *persona*, *person* or *pessoa* to reach a person"];

/**
 * The one gate between a model's words and the draft. Cuts what was not meant for the customer (`leaks/`), hidden
 * characters, addresses and phone numbers that the company has not named, half a sentence at the end, and messages beyond
 * the bound; each kind is recorded as `cut:<kind>`, a leak with its model. Throws UnusableReplyError when the reply repeats
 * the prompt, or when nothing is left that stands by itself.
 */
export function review(said: Said, sources: Sources): Said {
  const { claim, journal, writer } = sources;
  const noted = counter(journal);
  const company = saidByCompany(claim);
  const known = once(() => factsKnown(sources));
  const clean = (text: string): string | null => {
    const cut = cutUnknown(text, known);
    for (const kind of cut.kinds) noted(kind);
    return cut.text;
  };

  const shown = withoutOwn(said.markdown, writer);
  const extra = said.extra && cleanExtra(said.extra, (text) => withoutOwn(text, writer, noted).text);
  if (
    repeatsPrompt([shown.text ?? "", ...textsIn(extra)].join("\n"), sources.prompt, [...company, ...PUBLIC])
  ) {
    noted("prompt");
    throw new UnusableReplyError("prompt");
  }
  for (const kind of shown.kinds) noted(kind);
  const whole = wholeAnswer(shown.text, writer, noted);
  const short = withinParts(whole, extra);
  if (short !== whole) noted("parts");
  const markdown = clean(short);
  if (markdown === null) throw new UnusableReplyError("cut");
  checkFormatted(markdown, { writer, known, noted });
  return { markdown, extra: extra && cleanExtra(extra, clean) };
}

/** What of its prompt a reply may say word for word: facts of the company, and what its own prompts have in quotes. */
const saidByCompany = ({ tenant: { profile, intents } }: Sources["claim"]): string[] => [
  ...textsIn({ ...profile }),
  ...quotedIn(intents),
];

/** What the company, a tool of this turn or a colleague's note has named. */
const factsKnown = ({ claim, journal }: Sources): Facts =>
  factsIn([
    ...textsIn({ ...claim.tenant.profile }),
    ...Object.values(claim.tenant.intents ?? {}).map(({ prompt = "" }) => prompt),
    ...saidEarlier(claim),
    ...journal.toolCalls.flatMap(({ output }) => textsIn(output)),
    claim.botNote ?? "",
  ]);

/** What of an unfinished answer may be shown already; null when nothing of it. Records nothing: the review of the whole will. */
export function showable(words: string, sources: Sources): string | null {
  const { claim, writer, prompt } = sources;
  const { text, kinds } = withoutOwn(words, writer);
  const company = saidByCompany(claim);
  if (text === null || kinds.length > 0 || repeatsPrompt(text, prompt, [...company, ...PUBLIC])) return null;
  const cut = cutUnknown(
    text,
    once(() => factsKnown(sources)),
  );
  return cut.kinds.size > 0 ? null : cut.text;
}

/** A summary for operators without leaks; empty when nothing is left. */
export function reviewSummary(summary: string, writer: Writer, journal: Pick<Journal, "failed">): string {
  const { text } = withoutOwn(summary, writer, counter(journal));
  return text === null || isBlank(text) ? "" : text;
}

type Noted = (kind: string) => void;

/** Records each kind once. */
function counter(journal: Pick<Journal, "failed">): Noted {
  const cuts = new Set<string>();
  return (kind) => {
    if (!cuts.has(kind)) journal.failed("cut", kind);
    cuts.add(kind);
  };
}

/** The text without hidden characters and leaks, null when the rest does not stand by itself; and the kinds of both. */
function withoutOwn(
  source: string,
  { model, tools }: Writer,
  noted: Noted = () => {},
): { text: string | null; kinds: string[] } {
  const visible = withoutHidden(source);
  const { text, kinds: leaks } = withoutLeaks(visible, tools);
  const kinds = [...leaks].map((kind) => `${kind}:${model}`);
  if (visible !== source.replace(/\r\n?/g, "\n")) kinds.unshift("hidden");
  for (const kind of kinds) noted(kind);
  return { text, kinds };
}

/** What an answer says to the customer, up to its last whole sentence if its limit cut it. */
function wholeAnswer(words: string | null, { model, cutByLimit }: Writer, noted: Noted): string {
  if (words === null || isBlank(words) || isBlank(toWhatsApp(words))) {
    noted(`blank:${model}`);
    throw new UnusableReplyError("blank");
  }
  if (!cutByLimit) return words;
  noted(`length:${model}`);
  const whole = wholePart(words);
  if (whole === null) throw new UnusableReplyError("length");
  return whole;
}

/** Formatting, which removes signs, may reveal what was hidden by them. */
function checkFormatted(
  markdown: string,
  { writer, known, noted }: { writer: Writer; known: () => Facts; noted: Noted },
): void {
  if (showsUnknown(markdown, known)) {
    noted("address");
    throw new UnusableReplyError("cut");
  }
  const { kinds } = withoutLeaks(toWhatsApp(markdown), writer.tools);
  for (const kind of kinds) noted(`${kind}:${writer.model}`);
  if (kinds.size > 0) throw new UnusableReplyError("leak");
}

/** True when formatting, which removes signs, reveals an unknown address or number. */
const showsUnknown = (markdown: string, known: () => Facts): boolean =>
  replyMessages(markdown, null)
    .flatMap((message) => textsIn({ ...message }))
    .some((text) => unknownIn(text, known).some(({ kind }) => kind !== "joint"));

/** Computes a value on first use. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The business's own messages in this conversation. */
const saidEarlier = ({ history }: Pick<Claim, "history">): string[] =>
  history.flatMap(({ direction, text }) => (direction === "out" && text ? text : []));

/** In place of a label or a file's name with nothing left. */
const POINTING = "👉";
const FILE = "📄";

/** Drops options with nothing left; fewer than two are no choice. */
function cleanExtra(extra: ReplyExtra, clean: (text: string) => string | null): ReplyExtra | null {
  if (extra.kind === "page") return { ...extra, label: clean(extra.label) ?? POINTING };
  if (extra.kind === "file") return { ...extra, filename: clean(extra.filename) ?? FILE };
  if (extra.kind !== "choices") return extra;
  const options = extra.options.flatMap(({ description, ...option }) => {
    const title = clean(option.title);
    const about = description === undefined ? null : clean(description);
    return title === null ? [] : { ...option, title, ...(about !== null && { description: about }) };
  });
  return options.length < 2 ? null : { ...extra, options, button: clean(extra.button) ?? "" };
}

/** Every text and number in a value. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
