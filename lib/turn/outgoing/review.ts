import type { ReplyExtra } from "../../types/outbound.ts";
import type { Claim } from "../../types/turn-store.ts";
import { replyMessages } from "../../whatsapp/messages/reply.ts";
import type { Journal } from "../state/journal.ts";
import { cutUnknown } from "./cut.ts";
import { type Facts, factsIn } from "./facts.ts";
import { withoutHidden } from "./hidden.ts";
import { withinParts } from "./parts.ts";
import { repeatsPrompt } from "./prompt-run.ts";
import { unknownIn } from "./unknown.ts";
import { UnusableReplyError } from "./unusable.ts";

/** A model's words, and the extra that a tool put under them. */
export interface Said {
  markdown: string;
  extra: ReplyExtra | null;
}

/** Sources that a reply may draw on, and the prompt that it must not repeat. */
export interface Sources {
  claim: Pick<Claim, "tenant" | "history">;
  journal: Pick<Journal, "failed" | "toolCalls">;
  /** The instructions that the model was given. */
  prompt: string;
}

/** Parts of a prompt that customers read anyway. */
const PUBLIC = ["they can write *persona*, *person* or *pessoa* to reach a person"];

/**
 * The one gate between a model's words and the draft. Cuts hidden characters, addresses and phone numbers that the company
 * has not named, and messages beyond the bound; each kind is recorded as `cut:<kind>`. Throws UnusableReplyError when the
 * reply repeats the prompt, or when nothing is left.
 */
export function review(said: Said, { claim, journal, prompt }: Sources): Said {
  const cuts = new Set<string>();
  const noted = (kind: string) => {
    if (!cuts.has(kind)) journal.failed("cut", kind);
    cuts.add(kind);
  };
  const company = textsIn({ ...claim.tenant.profile });
  const tools = () => journal.toolCalls.flatMap(({ output }) => textsIn(output));
  const known = once(() => factsIn([...company, ...saidEarlier(claim), ...tools()]));
  const clean = (text: string): string | null => {
    const shown = withoutHidden(text);
    if (shown !== text.replace(/\r\n?/g, "\n")) noted("hidden");
    const cut = cutUnknown(shown, known);
    for (const kind of cut.kinds) noted(kind);
    return cut.text;
  };

  const short = withinParts(said.markdown, said.extra);
  if (short !== said.markdown) noted("parts");
  const all = [short, ...textsIn(said.extra)].map(withoutHidden).join("\n");
  if (repeatsPrompt(all, prompt, [...company, ...PUBLIC])) {
    noted("prompt");
    throw new UnusableReplyError("prompt");
  }
  const markdown = clean(short);
  if (markdown === null) throw new UnusableReplyError("cut");
  if (showsUnknown(markdown, known)) {
    noted("address");
    throw new UnusableReplyError("cut");
  }
  return { markdown, extra: said.extra && cleanExtra(said.extra, clean) };
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

/** Drops options with nothing left; fewer than two are no choice. */
function cleanExtra(extra: ReplyExtra, clean: (text: string) => string | null): ReplyExtra | null {
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
