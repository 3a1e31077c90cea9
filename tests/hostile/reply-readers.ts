import { addressesIn } from "../../lib/turn/outgoing/addresses.ts";
import { cutUnknown } from "../../lib/turn/outgoing/cut.ts";
import { factsIn } from "../../lib/turn/outgoing/facts.ts";
import { withoutHidden } from "../../lib/turn/outgoing/hidden.ts";
import { isBlank } from "../../lib/turn/outgoing/leaks/blank.ts";
import { callsIn, elementCallsIn, headedCallsIn } from "../../lib/turn/outgoing/leaks/calls.ts";
import { dialogueIn } from "../../lib/turn/outgoing/leaks/dialogue.ts";
import { endOfJson, isCall } from "../../lib/turn/outgoing/leaks/json.ts";
import { withoutLeaks } from "../../lib/turn/outgoing/leaks/leaks.ts";
import { marksIn } from "../../lib/turn/outgoing/leaks/marks.ts";
import { without } from "../../lib/turn/outgoing/leaks/passage.ts";
import { asidesIn, headedThinkingIn, thinkingIn } from "../../lib/turn/outgoing/leaks/thinking.ts";
import { tokensIn } from "../../lib/turn/outgoing/leaks/tokens.ts";
import { otherNumbers } from "../../lib/turn/outgoing/numbers.ts";
import { withinParts } from "../../lib/turn/outgoing/parts.ts";
import { phonesIn } from "../../lib/turn/outgoing/phones.ts";
import { repeatsPrompt } from "../../lib/turn/outgoing/prompt-run.ts";
import { see } from "../../lib/turn/outgoing/seen.ts";
import { unknownIn } from "../../lib/turn/outgoing/unknown.ts";
import { wholePart } from "../../lib/turn/outgoing/whole.ts";
import { codeStretches } from "../../lib/whatsapp/format/code.ts";
import { toWhatsApp } from "../../lib/whatsapp/format/format.ts";
import { formatSpans, quoteSpans } from "../../lib/whatsapp/format/spans.ts";
import { splitText } from "../../lib/whatsapp/format/split.ts";
import { unwrapFence } from "../../lib/whatsapp/format/unwrap.ts";
import { graphMessage } from "../../lib/whatsapp/messages/build.ts";
import { choicesMessage, numbered } from "../../lib/whatsapp/messages/choices.ts";
import { describeOutbound, replyMessages } from "../../lib/whatsapp/messages/reply.ts";
import { options, refusing } from "./text-places.ts";
import { few, MANY_PARTS, OVER_ONE_MESSAGE, row, type TextReader } from "./text-reader.ts";

const REPLY = [
  row("lib/whatsapp/format/format.ts", "a reply", toWhatsApp, OVER_ONE_MESSAGE),
  row("lib/whatsapp/format/spans.ts", "a reply", (text) => quoteSpans(text, formatSpans(text))),
  row("lib/whatsapp/format/split.ts", "a reply", (text) => splitText(text, 512), MANY_PARTS),
  {
    ...few("lib/whatsapp/messages/reply.ts", "words over a button", (text) =>
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

const TOOLS = ["lookup", "offer_choices"];
const FACTS = factsIn(["https://tambo.example", "+51 987 654 321"]);

/** Of a reply no more is looked at than three messages hold. */
const THREE_MESSAGES: readonly number[] = [12_288];
const leaving = (module: string, read: TextReader["read"]): TextReader =>
  row(`lib/turn/outgoing/${module}`, "a reply", read, THREE_MESSAGES);

/** A service that minds no limit of tokens may say any length. */
const LEAKS = [
  row("lib/turn/outgoing/leaks/leaks.ts", "an answer", (text) => withoutLeaks(text, TOOLS), [16_384]),
  few("lib/turn/outgoing/leaks/thinking.ts", "an answer", (text) => [
    thinkingIn(`${text}<think>${text}</think>${text}`),
    headedThinkingIn(`Thought: ${text}`),
    asidesIn(`[thinking: ${text}`),
  ]),
  few("lib/turn/outgoing/leaks/calls.ts", "an answer", (text) => [
    callsIn(`${text} lookup({${text}`, TOOLS),
    elementCallsIn(`<tool_call>${text}`, TOOLS),
    headedCallsIn(text, TOOLS),
  ]),
  few("lib/turn/outgoing/leaks/json.ts", "a call", (text) => [endOfJson(`{${text}`, 0), isCall(text, TOOLS)]),
  few("lib/turn/outgoing/leaks/tokens.ts", "an answer", (text) => tokensIn(`${text}<|end|>${text}`)),
  few("lib/turn/outgoing/leaks/dialogue.ts", "an answer", (text) => dialogueIn(`${text}\n\nUser: ${text}`)),
  few("lib/turn/outgoing/leaks/marks.ts", "an answer", (text) => marksIn(`[in reply to: ${text}`)),
  few("lib/turn/outgoing/leaks/passage.ts", "an answer", (text) => without(text, [{ start: 9, end: 99 }])),
  few("lib/turn/outgoing/leaks/blank.ts", "an answer", isBlank),
  few("lib/turn/outgoing/whole.ts", "an answer", wholePart),
  few("lib/whatsapp/format/code.ts", "an answer", codeStretches),
  few("lib/whatsapp/format/unwrap.ts", "an answer", (text) => unwrapFence(`\`\`\`\n${text}\n\`\`\``)),
  // What repeats itself as a leak does.
  ...[
    "<think>",
    "</think>",
    "<tool_call>",
    "<|end|>",
    "<s>",
    "User: a\n",
    "assistant\n",
    '{"',
    "lookup(",
    "[voice note",
    "```a\n",
    "Action: a\nAction Input: ",
  ].map(
    (piece): TextReader => ({
      ...row("lib/turn/outgoing/leaks/leaks.ts", `many of ${JSON.stringify(piece)}`, (text) =>
        withoutLeaks(text, TOOLS),
      ),
      fillers: [{ name: piece, fill: (length) => `a ${piece.repeat(length / piece.length)} x` }],
      lengths: THREE_MESSAGES,
    }),
  ),
];

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
  ...LEAKS,
  few("lib/turn/outgoing/facts.ts", "a tool's answer", (text) => factsIn([text])),
  // What fits one message is not formatted to be counted.
  {
    ...few("lib/turn/outgoing/parts.ts", "a reply", (text) => withinParts(text, null)),
    lengths: OVER_ONE_MESSAGE,
  },
];

/** Functions that read the model's words before they are sent. */
export const REPLY_READERS: readonly TextReader[] = [...REPLY, ...LEAVING];
