import { howToShareLocation, howToSharePhone } from "../../language/texts.ts";
import type { Language } from "../../types/company.ts";
import type { ContactCard, InteractiveHeader, MediaSource, OutboundMessage } from "../../types/outbound.ts";
import { splitText } from "../format/split.ts";
import { numbered } from "./choices.ts";
import { LIMITS } from "./limits.ts";

/** A message and what it quotes. */
export interface MessageForm {
  message: OutboundMessage;
  quoteWaMessageId: string | null;
}

/**
 * The next plainer form of a message that Meta refused: without its quote when that is what Meta names, otherwise all that it
 * says as one text. Null when there is none, as for a template.
 */
export function plainerForm(
  { message, quoteWaMessageId }: MessageForm,
  { quoteRefused, language }: { quoteRefused: boolean; language: Language },
): MessageForm | null {
  const quoted = quoteWaMessageId !== null;
  if (message.kind === "template") return null;
  if (quoted && quoteRefused) return { message, quoteWaMessageId: null };
  const text = plainText(message, language);
  if (text !== null) return { message: { kind: "text", text }, quoteWaMessageId: null };
  return quoted ? { message, quoteWaMessageId: null } : null;
}

/** All that a message says, as text; null when it is text already or has no words. */
function plainText(message: OutboundMessage, language: Language): string | null {
  switch (message.kind) {
    case "text":
      return message.previewUrl ? message.text : null;
    case "image":
    case "video":
    case "document":
      return joined([message.caption, safeLink(message.media)]);
    case "audio":
      return safeLink(message.media);
    case "location":
      return joined([message.name, message.address, mapOf(message)], "\n");
    case "contacts":
      return joined(message.contacts.map(cardText));
    case "location_request":
      return joined([message.body, howToShareLocation(language)]);
    case "contact_request":
      return joined([message.body, howToSharePhone(language)]);
    case "buttons":
      return withOptions(message, message.buttons);
    case "list":
      return withOptions(
        message,
        message.sections.flatMap(({ rows }) => rows),
      );
    case "cta_url":
      return joined([...framedWords(message), `${message.label}: ${message.url}`]);
    case "flow":
      return joined(framedWords(message));
    case "reaction":
    case "sticker":
    case "template":
      return null;
  }
}

type Framed = { body: string; header?: InteractiveHeader; footer?: string };

/** The words of an interactive message in their order. */
function framedWords({ header, body, footer }: Framed): (string | undefined | null)[] {
  const above = header?.type === "text" ? header.text : header && safeLink(header.media);
  return [above, body, footer];
}

/** The words above the options as numbered lines; they give way where both are too long for one text. */
function withOptions(message: Framed, options: Parameters<typeof numbered>[0]): string | null {
  const lines = numbered(options);
  const [words] = splitText(joined(framedWords(message)) ?? "", LIMITS.textBody - lines.length - 2);
  return joined([words, lines]);
}

function joined(parts: readonly (string | undefined | null)[], between = "\n\n"): string | null {
  const text = parts
    .map((part) => part?.trim())
    .filter(Boolean)
    .join(between);
  return splitText(text)[0] ?? null;
}

/** A file's address that anybody may see: public, and without anything that could be a key. */
function safeLink(media: MediaSource): string | null {
  if (!("link" in media) || !URL.canParse(media.link)) return null;
  const { protocol, username, password, search, hostname } = new URL(media.link);
  const isPublic = /\.[a-z][a-z0-9-]+$/i.test(hostname) && !/\.(local|internal|localhost)$/i.test(hostname);
  return protocol === "https:" && isPublic && username + password + search === "" ? media.link : null;
}

const mapOf = ({ latitude, longitude }: { latitude: number; longitude: number }): string =>
  `https://www.google.com/maps?q=${latitude},${longitude}`;

function cardText({ name, phones = [], emails = [], urls = [], organization }: ContactCard): string {
  const lines = [
    [name.formattedName, organization?.company].filter(Boolean).join(", "),
    ...phones.map(({ phone }) => phone),
    ...emails.map(({ email }) => email),
    ...urls.map(({ url }) => url),
  ];
  return lines.join("\n");
}
