import { createKnowledgeBase } from "../../db/knowledge.ts";
import { cleanJson, cleanText } from "../../lib/clean.ts";
import { asksForPerson } from "../../lib/intents/asks-for-person.ts";
import { intentByWords } from "../../lib/intents/by-words.ts";
import { ownWords } from "../../lib/intents/own-words.ts";
import { guessLanguage } from "../../lib/language.ts";
import { checkDigest } from "../../lib/media/digest.ts";
import { isSaidToBePdf, isWorthReading, ruleOf } from "../../lib/media/kinds.ts";
import { decodeText, shorten } from "../../lib/media/text.ts";
import { plain } from "../../lib/plain.ts";
import { errorCode } from "../../lib/telemetry/error-code.ts";
import { redact } from "../../lib/telemetry/redact.ts";
import { framesOf } from "../../lib/telemetry/stack.ts";
import { addressesIn } from "../../lib/turn/outgoing/addresses.ts";
import { cutUnknown } from "../../lib/turn/outgoing/cut.ts";
import { factsIn } from "../../lib/turn/outgoing/facts.ts";
import { withoutHidden } from "../../lib/turn/outgoing/hidden.ts";
import { otherNumbers } from "../../lib/turn/outgoing/numbers.ts";
import { withinParts } from "../../lib/turn/outgoing/parts.ts";
import { phonesIn } from "../../lib/turn/outgoing/phones.ts";
import { repeatsPrompt } from "../../lib/turn/outgoing/prompt-run.ts";
import { see } from "../../lib/turn/outgoing/seen.ts";
import { unknownIn } from "../../lib/turn/outgoing/unknown.ts";
import { repeatWith } from "../../lib/turn/repeat.ts";
import { firstTokens, lastTokens } from "../../lib/turn/tokens.ts";
import { introduction, pendingText, transcript } from "../../lib/turn/transcript.ts";
import { describeMessage } from "../../lib/webhook/describe.ts";
import * as lenient from "../../lib/webhook/lenient.ts";
import { optChoice } from "../../lib/webhook/opt.ts";
import { parseWebhook } from "../../lib/webhook/payload.ts";
import { parseSignature } from "../../lib/webhook/signature.ts";
import { toWhatsApp } from "../../lib/whatsapp/format.ts";
import { graphMessage } from "../../lib/whatsapp/messages/build.ts";
import { choicesMessage, numbered } from "../../lib/whatsapp/messages/choices.ts";
import { describeOutbound, replyMessages } from "../../lib/whatsapp/reply.ts";
import { formatSpans, quoteSpans } from "../../lib/whatsapp/spans.ts";
import { splitText } from "../../lib/whatsapp/split.ts";
import { createChoices } from "../../tools/choices.ts";
import { createHandoff } from "../../tools/handoff.ts";
import { createLookup } from "../../tools/lookup.ts";
import { toolContext } from "../tools/context.ts";
import { FILLERS, type Filler } from "./fillers.ts";
import { askCompany, everyField, items, NOW_MS, stored, TYPES, webhook } from "./text-places.ts";

/** A length and another, eight times as long. */
type Lengths = readonly [short: number, long: number];

/** Something that reads text from outside. */
interface TextReader {
  module: string;
  what: string;
  read(text: string): unknown;
  lengths: readonly Lengths[];
  fillers: readonly Filler[];
}

/** Also short ones: many readers look at no more than the beginning of a long text. */
const LENGTHS: readonly Lengths[] = [
  [512, 4_096],
  [8_192, 65_536],
];
/** What fits one message is not cut at all, and a library that is quadratic gets no more than one. */
const OVER_ONE_MESSAGE: readonly Lengths[] = [[32_768, 262_144]];
const MANY_PARTS: readonly Lengths[] = [[8_192, 65_536]];

const row = (module: string, what: string, read: TextReader["read"], lengths = LENGTHS): TextReader => ({
  module,
  what,
  read,
  lengths,
  fillers: FILLERS,
});

/** What hardly depends on what the text holds, such as many small things. */
const few = (module: string, what: string, read: TextReader["read"]): TextReader => ({
  ...row(module, what, read),
  fillers: FILLERS.filter((_, at) => at % 40 === 0),
});

const encoder = new TextEncoder();
const CALL = { toolCallId: "call-1", messages: [] };

function refusing(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return null;
  }
}

const failure = (text: string): Error => {
  const error = new Error(text);
  error.stack = `Error: ${text}\n${text}`;
  return Object.assign(error, { code: text, name: text, cause: { code: text } });
};

const options = (text: string) => items(text, (piece) => ({ id: piece, title: piece, description: piece }));
const said = (text: string) => ({ mimeType: text, filename: text });

const FILES = [
  row("lib/media/text.ts", "a file", (text) => refusing(() => decodeText(encoder.encode(text)))),
  row("lib/media/text.ts", "a document", (text) => shorten(text, false)),
  row("lib/media/kinds.ts", "a name and a type", (text) => {
    const rule = ruleOf("document");
    return [isSaidToBePdf(said(text)), rule && isWorthReading(rule, said(text))];
  }),
  row("lib/media/digest.ts", "a digest", (text) => checkDigest(new Uint8Array(1), text).catch(() => {})),
];

const FIELDS = ["user_id_update", "user_preferences", "calls", "messaging_handovers", "new"];

const WEBHOOK = [
  row("lib/clean.ts", "a text", (text) => cleanText(text, 16_384)),
  row("lib/clean.ts", "a name and a text", (text) => cleanJson({ [text]: text })),
  few("lib/clean.ts", "many of both", (text) => cleanJson(items(text, (piece) => ({ [piece]: piece })))),
  ...Object.entries(lenient).map(([name, read]) =>
    row("lib/webhook/lenient.ts", `${name} of a text`, (text) =>
      (read as (...given: unknown[]) => unknown)(text, 4_096),
    ),
  ),
  few("lib/webhook/lenient.ts", "a list by index", (text) =>
    lenient.listOf(Object.fromEntries(items(text, (piece) => [piece, 1]))),
  ),
  row("lib/webhook/payload.ts", "JSON", (text) => refusing(() => parseWebhook(JSON.parse(text), NOW_MS))),
  ...TYPES.map((type) =>
    row("lib/webhook/payload.ts", `${type} in every field`, (text) =>
      parseWebhook(webhook(everyField(text, type)), NOW_MS),
    ),
  ),
  few("lib/webhook/payload.ts", "many of each", (text) =>
    parseWebhook(
      webhook({
        messages: items(text, (piece) => ({ id: piece, from: piece, type: "text", text: { body: piece } })),
        statuses: items(text, (piece) => ({ id: piece, status: piece })),
        contacts: items(text, (piece) => ({ wa_id: piece, user_id: piece })),
      }),
      NOW_MS,
    ),
  ),
  ...FIELDS.map((field) =>
    row("lib/webhook/fields/platform.ts", `every field of ${field}`, (text) =>
      parseWebhook(webhook(everyField(text), field), NOW_MS),
    ),
  ),
  row("lib/webhook/fields/platform.ts", "news of the account", (text) =>
    parseWebhook(
      webhook({ event: text, ban_info: { waba_ban_state: text }, reason: text }, "account_update"),
      NOW_MS,
    ),
  ),
  row("lib/webhook/fields/identity.ts", "a notice", (text) =>
    parseWebhook(
      webhook({ messages: [{ id: "a", from: "1", type: "system", system: { body: text, wa_id: "2" } }] }),
      NOW_MS,
    ),
  ),
  row("lib/webhook/opt.ts", "a message", (text) => optChoice({ type: "text", text, groupId: null })),
  row("lib/webhook/signature.ts", "a header", parseSignature),
];

const TURN = [
  ...TYPES.map((type) =>
    row("lib/webhook/describe/brackets.ts", `${type} that is stored`, (text) =>
      describeMessage(stored(type, text)),
    ),
  ),
  row("lib/turn/repeat.ts", "the same as before, and as ours", (text) => {
    const message = stored("text", text);
    const history = [message, { ...message, direction: "out" as const, text: `${text}!` }];
    return repeatWith({ pending: [message], history, repeat: { key: "", count: 1 }, attempts: 0 });
  }),
  row("lib/turn/transcript.ts", "a message", (text) =>
    transcript([stored("text", text)], [stored("text", text)], 5),
  ),
  few("lib/turn/transcript.ts", "many messages", (text) => {
    const message = stored("text", "");
    return pendingText(items(text, (piece) => ({ ...message, text: piece })));
  }),
  row("lib/plain.ts", "a text", plain),
  row("lib/language.ts", "a text", (text) =>
    guessLanguage(text, { known: null, phone: text, company: "es" }),
  ),
  row("lib/intents/own-words.ts", "a description", ownWords),
  row("lib/intents/asks-for-person.ts", "a description", asksForPerson),
  row("lib/intents/by-words.ts", "a description", (text) => intentByWords(text, false)),
  row("lib/turn/transcript.ts", "a name", introduction),
  row("lib/turn/tokens.ts", "a text", (text) => [firstTokens(text, 4_000), lastTokens(text, 4_000)]),
  row("lib/records.ts", "an answer", askCompany),
  few("tools/choices.ts", "many options", (text) =>
    createChoices(toolContext()).execute?.({ options: options(text), button: text }, CALL),
  ),
  row("tools/choices.ts", "a long option", (text) =>
    createChoices(toolContext()).execute?.(
      { options: [{ title: text, description: text }], button: text },
      CALL,
    ),
  ),
  row("tools/handoff.ts", "a summary", (text) =>
    createHandoff(toolContext()).execute?.({ reason: "other", summary: text }, CALL),
  ),
  row("tools/lookup.ts", "a number", (text) =>
    createLookup(toolContext()).execute?.({ source: "orders", query: text }, CALL),
  ),
  row("db/knowledge.ts", "a question", (text) =>
    createKnowledgeBase({ sql: async () => [] }).search("t", text, "es", 3),
  ),
];

const REPLY = [
  row("lib/whatsapp/format.ts", "a reply", toWhatsApp, OVER_ONE_MESSAGE),
  row("lib/whatsapp/spans.ts", "a reply", (text) => quoteSpans(text, formatSpans(text))),
  row("lib/whatsapp/split.ts", "a reply", (text) => splitText(text, 512), MANY_PARTS),
  {
    ...few("lib/whatsapp/reply.ts", "words over a button", (text) =>
      replyMessages(text, { kind: "location_request" }),
    ),
    lengths: OVER_ONE_MESSAGE,
  },
  few("lib/whatsapp/messages/choices.ts", "many options", (text) => [
    choicesMessage(text, { kind: "choices", options: options(text), button: text }),
    numbered(options(text)),
  ]),
  row("lib/whatsapp/messages/choices.ts", "a long option", (text) =>
    choicesMessage("a", {
      kind: "choices",
      options: [{ id: text, title: text, description: text }],
      button: text,
    }),
  ),
  row("lib/whatsapp/messages/describe.ts", "a document", (text) =>
    describeOutbound({ kind: "document", media: { id: text }, filename: text, caption: text }),
  ),
  row("lib/whatsapp/messages/check.ts", "a link", (text) =>
    refusing(() => graphMessage({ kind: "cta_url", body: "a", label: "a", url: `https://${text}` })),
  ),
  row("lib/whatsapp/messages/words.ts", "a reaction", (text) =>
    refusing(() => graphMessage({ kind: "reaction", waMessageId: "a", emoji: text })),
  ),
];

const FACTS = factsIn(["https://tambo.example", "+51 987 654 321"]);

/** Of a reply no more is looked at than three messages hold. */
const THREE_MESSAGES: readonly Lengths[] = [[1_536, 12_288]];
const leaving = (module: string, read: TextReader["read"]): TextReader =>
  row(`lib/turn/outgoing/${module}`, "a reply", read, THREE_MESSAGES);

const LEAVING = [
  leaving("seen.ts", see),
  leaving("hidden.ts", withoutHidden),
  leaving("addresses.ts", (text) => addressesIn(see(text))),
  leaving("numbers.ts", otherNumbers),
  leaving("phones.ts", (text) => phonesIn(see(text))),
  leaving("unknown.ts", (text) => unknownIn(text, () => FACTS)),
  leaving("cut.ts", (text) => cutUnknown(withoutHidden(`${text} evil.example ${text}`), () => FACTS)),
  leaving("prompt-run.ts", (text) =>
    repeatsPrompt(withoutHidden(text), withoutHidden(text.slice(0, 4_000)), []),
  ),
  few("lib/turn/outgoing/facts.ts", "a tool's answer", (text) => factsIn([text])),
  // What fits one message is not formatted to be counted.
  {
    ...few("lib/turn/outgoing/parts.ts", "a reply", (text) => withinParts(text, null)),
    lengths: OVER_ONE_MESSAGE,
  },
];

const TELEMETRY = [
  row("lib/telemetry/redact.ts", "a field", redact),
  row("lib/telemetry/error-code.ts", "an error", (text) => errorCode(failure(text))),
  row("lib/telemetry/stack.ts", "a stack", (text) => framesOf(failure(text))),
];

/** What reads text from outside. To add something: name its module and give it the text wherever it takes any. */
export const TEXT_READERS: readonly TextReader[] = [
  ...FILES,
  ...WEBHOOK,
  ...TURN,
  ...REPLY,
  ...LEAVING,
  ...TELEMETRY,
];

/** Modules whose patterns see no text of any length from outside, and why. */
export const BOUNDED: Readonly<Record<string, string>> = {
  "lib/env.ts": "the environment",
  "lib/media/fetch.ts": "ids and numbers, anchored and bounded",
  "lib/media/formats.ts": "sixteen bytes",
  "lib/media/keep-blob.ts": "Vercel's answer, read up to a bound",
  "lib/telemetry/scrub.ts": "names of attributes; values go through redact.ts",
  "lib/telemetry/setup.ts": "the environment",
  "lib/telemetry/span.ts": "a trace id",
  "lib/plain-http.ts": "the environment",
  "lib/turn/outgoing/review.ts": "what its own modules look at; parts.ts bounds it",
  "lib/webhook/store-events.ts": "codes of PostgreSQL's errors",
  "lib/turn/cost.ts": "a model's name from the environment",
  "lib/whatsapp/client.ts": "the environment",
  "lib/whatsapp/inline.ts": "parsed Markdown of one message, as blocks.ts",
  "lib/whatsapp/blocks.ts": "parsed Markdown of one message: format.ts bounds it",
  "lib/whatsapp/cut.ts": "a window of one message, by split.ts",
  "lib/whatsapp/messages/flow.ts": "a label, checked for its length first",
  "lib/whatsapp/transport.ts": "a header",
  "lib/whatsapp/upload.ts": "the type of a file of ours",
  "lib/whatsapp/messages/template.ts": "the company's own template",
  "lib/cache/admission.ts": "our own script's answer",
  "db/client.ts": "the environment",
  "db/error.ts": "the driver's own message",
  "db/store.ts": "a code of PostgreSQL's",
};
