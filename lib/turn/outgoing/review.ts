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

/** What a model said, and what a tool put under it at the model's wish. */
export interface Said {
  markdown: string;
  extra: ReplyExtra | null;
}

/** What a reply may be made of, and what not. */
export interface Sources {
  claim: Pick<Claim, "tenant" | "history">;
  journal: Pick<Journal, "failed" | "toolCalls">;
  /** The instructions that the model was given. */
  prompt: string;
}

/** The parts of a prompt that the customer is told anyway. */
const PUBLIC = ["they can write *persona*, *person* or *pessoa* to reach a person"];

/**
 * The one place between a model's words and the draft. What must not leave is cut and counted as `cut:<kind>`: hidden
 * characters, addresses and telephone numbers that the company has not named, messages beyond the bound. Throws
 * UnusableReplyError when it repeats the prompt, or when nothing is left.
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

/** Formatting takes signs away: whether something comes to light with it. */
const showsUnknown = (markdown: string, known: () => Facts): boolean =>
  replyMessages(markdown, null)
    .flatMap((message) => textsIn({ ...message }))
    .some((text) => unknownIn(text, known).some(({ kind }) => kind !== "joint"));

/** Worked out when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** What the business has said in this conversation. */
const saidEarlier = ({ history }: Pick<Claim, "history">): string[] =>
  history.flatMap(({ direction, text }) => (direction === "out" && text ? text : []));

/** Options with nothing left are left out; fewer than two are no choice. */
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
