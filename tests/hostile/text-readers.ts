import { createKnowledgeBase } from "../../db/knowledge.ts";
import { passagesOfCsv } from "../../lib/console/knowledge/csv.ts";
import { textOfHtml } from "../../lib/console/knowledge/html.ts";
import { sectionsOf } from "../../lib/console/knowledge/split.ts";
import { ratesOfCsv } from "../../lib/console/rates/csv.ts";
import { parseSignature } from "../../lib/crypto/signature.ts";
import { parseRange } from "../../lib/hours/range.ts";
import { hoursInWords } from "../../lib/hours/words.ts";
import { asksForPerson } from "../../lib/intents/asks-for-person.ts";
import { intentByWords } from "../../lib/intents/by-words.ts";
import { clausesOf as clausesInWords, wordsOf } from "../../lib/intents/likeness/words.ts";
import { decideLocally } from "../../lib/intents/local/decide.ts";
import { ownWords } from "../../lib/intents/own-words.ts";
import { classificationIn } from "../../lib/intents/read-classification.ts";
import { cleanJson, cleanText, showsNothing } from "../../lib/json/clean.ts";
import * as lenient from "../../lib/json/lenient.ts";
import { keepEnds, unmarkedKept } from "../../lib/language/ends.ts";
import { foldText } from "../../lib/language/fold.ts";
import { guessLanguage } from "../../lib/language/guess.ts";
import { mark, withoutMarks } from "../../lib/language/marks.ts";
import { yesOrNo } from "../../lib/language/waiting.ts";
import { givenDigest } from "../../lib/media/file/digest.ts";
import { isSaidToBePdf, isWorthReading, ruleOf } from "../../lib/media/file/kinds.ts";
import { decodeText, readingOf } from "../../lib/media/file/text.ts";
import { heardIn } from "../../lib/media/read/heard.ts";
import { asksSomething } from "../../lib/requests/asks.ts";
import { clausesOf } from "../../lib/requests/clauses.ts";
import { ourQuestion } from "../../lib/requests/our-question.ts";
import { decidePerson } from "../../lib/requests/person/decide.ts";
import { respell } from "../../lib/requests/spelling.ts";
import { isStart } from "../../lib/requests/start.ts";
import { answerToStop } from "../../lib/requests/stop/answer.ts";
import { decideStop } from "../../lib/requests/stop/decide.ts";
import { errorCode } from "../../lib/telemetry/error-code.ts";
import { redact } from "../../lib/telemetry/redact.ts";
import { framesOf } from "../../lib/telemetry/stack.ts";
import { componentsIn } from "../../lib/tools/ical/calendar/components.ts";
import { repeatWith } from "../../lib/turn/answer/repeat.ts";
import { nearlyTheSame } from "../../lib/turn/answer/sameness.ts";
import { introduction, pendingText, transcript } from "../../lib/turn/answer/transcript.ts";
import { firstTokens, tokensAtMost, withinTokens } from "../../lib/turn/state/tokens.ts";
import { quote } from "../../lib/whatsapp/inbound/describe/brackets.ts";
import { describeMessage } from "../../lib/whatsapp/inbound/describe/describe.ts";
import { optChoice } from "../../lib/whatsapp/inbound/opt.ts";
import { parseWebhook } from "../../lib/whatsapp/inbound/payload.ts";
import { createChoices } from "../../tools/choices.ts";
import { createHandoff } from "../../tools/handoff.ts";
import { createLookup } from "../../tools/lookup.ts";
import { reason, refusal } from "../dialects/refused.ts";
import { toolContext } from "../tools/context.ts";
import { REPLY_READERS } from "./reply-readers.ts";
import {
  askCompany,
  everyField,
  items,
  NOW_MS,
  options,
  refusing,
  stored,
  TYPES,
  webhook,
} from "./text-places.ts";
import { few, row, type TextReader } from "./text-reader.ts";

const encoder = new TextEncoder();
const CALL = { toolCallId: "call-1", messages: [] };

const failure = (text: string): Error => {
  const error = new Error(text);
  error.stack = `Error: ${text}\n${text}`;
  return Object.assign(error, { code: text, name: text, cause: { code: text } });
};

const said = (text: string) => ({ mimeType: text, filename: text });

const FILES = [
  row("lib/media/file/text.ts", "a file", (text) => refusing(() => decodeText(encoder.encode(text)))),
  row("lib/media/file/text.ts", "a document", (text) => readingOf(text)),
  row("lib/media/read/heard.ts", "what a speech model heard", (text) => {
    const answer = { segments: items(text, (piece) => ({ text: piece, no_speech_prob: 1 })) };
    return [
      heardIn(text, { loudness: "unknown", answer }),
      heardIn(text.slice(0, 120), { loudness: "speech", answer }),
    ];
  }),
  row("lib/media/file/kinds.ts", "a name and a type", (text) => {
    const rule = ruleOf("document");
    return [isSaidToBePdf(said(text)), rule && isWorthReading(rule, said(text))];
  }),
  row("lib/media/file/digest.ts", "a digest", (text) => givenDigest(text)),
];

const FIELDS = ["user_id_update", "user_preferences", "calls", "messaging_handovers", "new"];

const WEBHOOK = [
  row("lib/json/clean.ts", "a text", (text) => cleanText(text, 16_384)),
  row("lib/json/clean.ts", "whether it shows anything", showsNothing),
  row("lib/json/clean.ts", "a name and a text", (text) => cleanJson({ [text]: text })),
  few("lib/json/clean.ts", "many of both", (text) => cleanJson(items(text, (piece) => ({ [piece]: piece })))),
  ...Object.entries(lenient).map(([name, read]) =>
    row("lib/json/lenient.ts", `${name} of a text`, (text) =>
      (read as (...given: unknown[]) => unknown)(text, 4_096),
    ),
  ),
  few("lib/json/lenient.ts", "a list by index", (text) =>
    lenient.listOf(Object.fromEntries(items(text, (piece) => [piece, 1]))),
  ),
  row("lib/whatsapp/inbound/payload.ts", "JSON", (text) =>
    refusing(() => parseWebhook(JSON.parse(text), NOW_MS)),
  ),
  ...TYPES.map((type) =>
    row("lib/whatsapp/inbound/payload.ts", `${type} in every field`, (text) =>
      parseWebhook(webhook(everyField(text, type)), NOW_MS),
    ),
  ),
  few("lib/whatsapp/inbound/payload.ts", "many of each", (text) =>
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
    row("lib/whatsapp/inbound/fields/account-events.ts", `every field of ${field}`, (text) =>
      parseWebhook(webhook(everyField(text), field), NOW_MS),
    ),
  ),
  row("lib/whatsapp/inbound/fields/account-events.ts", "an account event", (text) =>
    parseWebhook(
      webhook({ event: text, ban_info: { waba_ban_state: text }, reason: text }, "account_update"),
      NOW_MS,
    ),
  ),
  row("lib/whatsapp/inbound/fields/identity.ts", "a notice", (text) =>
    parseWebhook(
      webhook({ messages: [{ id: "a", from: "1", type: "system", system: { body: text, wa_id: "2" } }] }),
      NOW_MS,
    ),
  ),
  row("lib/whatsapp/inbound/opt.ts", "a message", (text) => optChoice({ type: "text", text, groupId: null })),
  row("lib/requests/stop/request.ts", "a message", (text) => decideStop(text, text)),
  row("lib/requests/stop/answer.ts", "a message", answerToStop),
  row("lib/requests/person/decide.ts", "a message", (text) => decidePerson(text, text)),
  row("lib/requests/clauses.ts", "a message", clausesOf),
  row("lib/requests/spelling.ts", "a word", respell),
  row("lib/requests/start.ts", "a message", isStart),
  row("lib/requests/asks.ts", "a message", asksSomething),
  row("lib/requests/our-question.ts", "our own words", (text) => ourQuestion(text).instructs("parar")),
  row("lib/crypto/signature.ts", "a header", parseSignature),
  row("lib/tools/ical/calendar/components.ts", "a calendar feed", (text) =>
    refusing(() =>
      componentsIn(
        `BEGIN:VCALENDAR\nBEGIN:VEVENT\n${text}\nUID:${text.replaceAll("\n", "\n ")}\nEND:VEVENT\nEND:VCALENDAR`,
      ),
    ),
  ),
];

const MODEL = [
  row("lib/intents/read-classification.ts", "an answer", (text) => classificationIn(text, "es")),
  row("lib/intents/read-classification.ts", "values", (text) =>
    // Shorter than what is read of an answer, so that short and long take the same way.
    classificationIn(JSON.stringify({ intent: "greeting", confidence: text, language: "es" }), "es"),
  ),
  row("lib/model/refusal.ts", "a page", (text) => refusal({ status: 400, body: text })),
  row("lib/model/reasons.ts", "a reason", (text) =>
    reason({ status: 400, body: { error: { message: text } } }),
  ),
];

const TURN = [
  ...TYPES.map((type) =>
    row("lib/whatsapp/inbound/describe/describe.ts", `${type} that is stored`, (text) =>
      describeMessage(stored(type, text)),
    ),
  ),
  row("lib/whatsapp/inbound/describe/brackets.ts", "words in quotes", quote),
  row("lib/language/ends.ts", "the ends, and the marks between them", (text) =>
    unmarkedKept(keepEnds(text, 1_000) + keepEnds(text, 1_000, tokensAtMost)),
  ),
  row("lib/language/marks.ts", "a mark, and a text without marks", (text) =>
    withoutMarks(text + mark(text, text)),
  ),
  row("lib/turn/answer/repeat.ts", "the same as before, and as ours", (text) => {
    const message = stored("text", text);
    const history = [message, { ...message, direction: "out" as const, text: `${text}!` }];
    return repeatWith({ pending: [message], history, repeat: { key: "", count: 1, atOnce: 2 }, attempts: 0 });
  }),
  row("lib/turn/answer/sameness.ts", "nearly the same as before", (text) =>
    nearlyTheSame([text], [stored("text", `${text}!`), stored("text", text)]),
  ),
  row("lib/hours/words.ts", "opening hours", hoursInWords),
  row("lib/hours/range.ts", "a range", parseRange),
  row("lib/turn/answer/transcript.ts", "a message", (text) =>
    transcript([stored("text", text)], [stored("text", text)], 5),
  ),
  few("lib/turn/answer/transcript.ts", "many messages", (text) => {
    const message = stored("text", "");
    return pendingText(items(text, (piece) => ({ ...message, text: piece })));
  }),
  row("lib/language/fold.ts", "a text", foldText),
  row("lib/language/waiting.ts", "an answer", yesOrNo),
  row("lib/language/guess.ts", "a text", (text) =>
    guessLanguage(text, { known: null, phone: text, company: "es" }),
  ),
  row("lib/intents/own-words.ts", "a description", ownWords),
  row("lib/intents/asks-for-person.ts", "a description", asksForPerson),
  row("lib/intents/by-words.ts", "a description", (text) => intentByWords(text, false)),
  few("lib/intents/likeness/words.ts", "a message", (text) => [wordsOf(text), clausesInWords(text)]),
  row("lib/intents/local/decide.ts", "a message", (text) =>
    decideLocally({ text, answersQuestion: false, before: null, expected: null }),
  ),
  row("lib/console/knowledge/csv.ts", "a table", passagesOfCsv),
  row("lib/console/rates/csv.ts", "prices", (text) => ratesOfCsv(`market,service\n${text}`, "2026-10-01")),
  row("lib/console/knowledge/html.ts", "a page", (text) => sectionsOf(textOfHtml(text).text, "x")),
  row("lib/turn/answer/transcript.ts", "a name", introduction),
  row("lib/turn/state/tokens.ts", "a text", (text) => [firstTokens(text, 100), withinTokens(text, 100)]),
  row("lib/tools/orders/answer.ts", "an answer", askCompany),
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

const TELEMETRY = [
  row("lib/telemetry/redact.ts", "a field", redact),
  row("lib/telemetry/error-code.ts", "an error", (text) => errorCode(failure(text))),
  row("lib/telemetry/stack.ts", "a stack", (text) => framesOf(failure(text))),
];

/** Functions that read text from outside. To add one: name its module and pass the text wherever it takes any. */
export const TEXT_READERS: readonly TextReader[] = [
  ...FILES,
  ...WEBHOOK,
  ...MODEL,
  ...TURN,
  ...REPLY_READERS,
  ...TELEMETRY,
];
