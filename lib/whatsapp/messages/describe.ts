import { cleanText } from "../../json/clean.ts";
import { mark, unquoted } from "../../language/marks.ts";
import type { OutboundMessage, TemplateMessage } from "../../types/outbound.ts";
import { LIMITS } from "./limits.ts";

/** Longest details of a mark, in UTF-16 units. */
const MAX_DETAILS = 1_000;

/** Text for one of our messages in the history and on pages: its words, with marks for everything else. */
export function describeOutbound(message: OutboundMessage): string {
  const { before = "", words = "", after = "" } = said(message);
  const parts = [before, unquoted(cleanText(words, LIMITS.textBody)), after];
  return parts.filter(Boolean).join(" ");
}

interface Said {
  before?: string;
  words?: string;
  after?: string;
}

function said(message: OutboundMessage): Said {
  switch (message.kind) {
    case "text":
      return { words: message.text };
    case "reaction":
      return { after: mark(`reaction ${message.emoji || "removed"}`) };
    case "image":
    case "video":
      return { before: mark(message.kind), words: message.caption ?? "" };
    case "audio":
      return { before: mark(message.voice ? "voice note" : "audio") };
    case "document":
      return { before: note("document", [message.filename]), words: message.caption ?? "" };
    case "sticker":
      return { before: mark("sticker") };
    case "location": {
      const { name, address, latitude, longitude } = message;
      return { before: note("location", [name, address, `${latitude}`, `${longitude}`]) };
    }
    case "contacts":
      return {
        before: note(
          "contacts",
          message.contacts.map(({ name }) => name.formattedName),
          " | ",
        ),
      };
    case "template":
      return { before: template(message) };
    default:
      return interactive(message);
  }
}

type Interactive = Extract<
  OutboundMessage,
  { kind: "buttons" | "list" | "cta_url" | "flow" | "location_request" | "contact_request" }
>;

function interactive(message: Interactive): Said {
  if (message.kind === "location_request" || message.kind === "contact_request")
    return { words: message.body, after: mark(message.kind.replace("_", " ")) };
  const { header, body, footer } = message;
  const above = header?.type === "text" ? header.text : "";
  const words = [above, body, footer].filter(Boolean).join("\n");
  return { before: header && header.type !== "text" ? mark(header.type) : "", words, after: shown(message) };
}

function shown(message: Exclude<Interactive, { kind: "location_request" | "contact_request" }>): string {
  switch (message.kind) {
    case "buttons":
      return note(
        "buttons",
        message.buttons.map(({ title }) => title),
        " | ",
      );
    case "list": {
      const rows = message.sections.flatMap((section) => section.rows);
      return note(
        "list",
        rows.map(({ title }) => title),
        " | ",
      );
    }
    case "cta_url":
      return note("link", [message.label, message.url]);
    case "flow":
      return note("form", [message.label]);
  }
}

function template({ name, components = [] }: TemplateMessage): string {
  const filled = components
    .filter(({ type }) => type !== "button")
    .flatMap(({ parameters }) => parameters.map((each) => (each.type === "text" ? each.text : undefined)));
  return note(`template ${name}`, filled, " | ");
}

function note(kind: string, details: readonly (string | undefined)[], between = ", "): string {
  const text = details.filter(Boolean).join(between).replace(/\s+/g, " ").trim();
  return mark(kind, text.length <= MAX_DETAILS ? text : `${cleanText(text, MAX_DETAILS - 1)}…`);
}
