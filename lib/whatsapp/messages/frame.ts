import type { InteractiveHeader } from "../../types/outbound.ts";
import type { Check } from "./check.ts";
import { LIMITS } from "./limits.ts";
import { mediaSource } from "./media.ts";
import type { GraphPart } from "./part.ts";

/** Graph API part of an interactive message. */
export function interactive(type: string, frame: object, action: object): GraphPart {
  return { type: "interactive", interactive: { type, ...frame, action } };
}

/** Header, body and footer of an interactive message. */
export function framed(
  check: Check,
  { body, header, footer }: { body: string; header?: InteractiveHeader; footer?: string },
  maxBody: number = LIMITS.interactiveBody,
) {
  return {
    ...(header && { header: headerOf(check, header) }),
    body: { text: check.text("body", body, maxBody) },
    ...(footer !== undefined && { footer: { text: check.text("footer", footer, LIMITS.footer) } }),
  };
}

function headerOf(check: Check, header: InteractiveHeader): GraphPart {
  if (header.type === "text")
    return { type: "text", text: check.text("header.text", header.text, LIMITS.headerText) };
  const { type, media, filename } = header;
  if (filename !== undefined && type !== "document")
    check.refuse("header.filename", "a name for documents only", type, "Leave it out.");
  return {
    type,
    [type]: {
      ...mediaSource(check, "header.media", media),
      ...(filename !== undefined && { filename: check.text("header.filename", filename) }),
    },
  };
}
