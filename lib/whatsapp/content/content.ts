import type { z } from "zod";
import type {
  ChatAction,
  ChatContent,
  ChatFile,
  ChatHeader,
  ChatMediaType,
} from "../../../contracts/chat.ts";
import { cart } from "./cart.ts";
import {
  contactsShape,
  formShape,
  interactiveShape,
  locationShape,
  mediaShape,
  reactionShape,
  replyShape,
  templateShape,
} from "./shapes.ts";

/** Address for the page of a file that Meta's JSON names by id or by link. */
export type FileUrl = (source: { id?: string | undefined; link?: string | undefined }) => string;

type Read = (object: unknown, urlOf: FileUrl) => ChatContent | null;

/** One reader per message type, for customers and businesses alike. */
const READERS: Readonly<Record<string, Read>> = {
  image: media("image"),
  video: media("video"),
  audio: media("audio"),
  voice: media("voice"),
  document: media("document"),
  sticker: media("sticker"),
  location: shaped(locationShape, (place) => ({ kind: "location", ...place })),
  contacts: shaped(contactsShape, (people) => ({
    kind: "contacts",
    cards: people.map(({ name, org, phones, emails }) => ({
      name: name.formatted_name || name.first_name,
      company: org.company,
      phones: phones.map(({ phone }) => phone),
      emails: emails.map(({ email }) => email),
    })),
  })),
  reaction: shaped(reactionShape, ({ message_id, emoji }) => ({
    kind: "reaction",
    waMessageId: message_id,
    emoji,
  })),
  order: cart,
  interactive,
  template: shaped(templateShape, template),
};

/** A message's content as a phone shows it; `object` is Meta's, under the name of the type. Null for plain text and unknown types. */
export function contentOf(type: string, object: unknown, urlOf: FileUrl): ChatContent | null {
  const read = Object.hasOwn(READERS, type) ? READERS[type] : undefined;
  return read?.(object, urlOf) ?? null;
}

function shaped<T extends z.ZodType>(
  shape: T,
  show: (value: z.output<T>, urlOf: FileUrl) => ChatContent,
): Read {
  return (object, urlOf) => {
    const read = shape.safeParse(object);
    return read.success ? show(read.data, urlOf) : null;
  };
}

type Media = z.output<typeof mediaShape>;

function fileOf(source: Media, urlOf: FileUrl): ChatFile {
  return { url: urlOf(source), mimeType: source.mime_type, filename: source.filename };
}

function media(type: ChatMediaType): Read {
  return shaped(mediaShape, (source, urlOf) => ({
    kind: "media",
    media: type === "audio" && source.voice ? "voice" : type,
    file: fileOf(source, urlOf),
    caption: source.caption,
  }));
}

function interactive(object: unknown, urlOf: FileUrl): ChatContent | null {
  const tap = replyShape.safeParse(object);
  if (tap.success) return { kind: "tap", ...tap.data };
  const form = formShape.safeParse(object);
  if (form.success) return { kind: "form", response: form.data.nfm_reply.response_json };
  const sent = interactiveShape.safeParse(object);
  if (!sent.success) return null;
  const { type, header, body, footer, action } = sent.data;
  const shown = actionOf(type, action);
  return shown && { kind: "interactive", header: headerOf(header, urlOf), body, footer, action: shown };
}

function actionOf(type: string, action: z.output<typeof interactiveShape>["action"]): ChatAction | null {
  const { button, buttons, sections, parameters } = action;
  switch (type) {
    case "button":
      return { type: "buttons", buttons: buttons.map(({ reply }) => reply) };
    case "list":
      return { type: "list", button, sections };
    case "cta_url":
      return { type: "link", label: parameters.display_text, url: parameters.url };
    case "flow":
      return { type: "flow", label: parameters.flow_cta };
    case "location_request_message":
      return { type: "location_request" };
    default:
      return action.name === "request_contact_info" ? { type: "contact_request" } : null;
  }
}

/** Header of an interactive message or template: a text or one file. */
function headerOf(header: Record<string, unknown> | null, urlOf: FileUrl): ChatHeader | null {
  const type = header?.type;
  if (type === "text" && typeof header?.text === "string") return { type, text: header.text };
  if (type !== "image" && type !== "video" && type !== "document") return null;
  const source = mediaShape.safeParse(header?.[type]);
  return source.success ? { type: "media", media: type, file: fileOf(source.data, urlOf) } : null;
}

function template(
  { name, language, components }: z.output<typeof templateShape>,
  urlOf: FileUrl,
): ChatContent {
  const head = components.find(({ type }) => type === "header")?.parameters[0] ?? null;
  const filled = components.filter(({ type }) => type === "body").flatMap(({ parameters }) => parameters);
  const replies = components.filter(({ sub_type }) => sub_type.toLowerCase() === "quick_reply");
  return {
    kind: "template",
    name,
    language: language.code,
    header: headerOf(head, urlOf),
    values: filled.map(({ text }) => text),
    buttons: replies.flatMap(({ parameters }) =>
      parameters.map(({ payload, text }) => ({ id: payload, title: text || payload })),
    ),
  };
}
