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
import { toWhatsApp } from "../../lib/whatsapp/format/format.ts";
import { formatSpans, quoteSpans } from "../../lib/whatsapp/format/spans.ts";
import { splitText } from "../../lib/whatsapp/format/split.ts";
import { graphMessage } from "../../lib/whatsapp/messages/build.ts";
import { choicesMessage, numbered } from "../../lib/whatsapp/messages/choices.ts";
import { describeOutbound, replyMessages } from "../../lib/whatsapp/messages/reply.ts";
import { options, refusing } from "./text-places.ts";
import { few, type Lengths, MANY_PARTS, OVER_ONE_MESSAGE, row, type TextReader } from "./text-reader.ts";

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

/** Functions that read the model's words before they are sent. */
export const REPLY_READERS: readonly TextReader[] = [...REPLY, ...LEAVING];
