import type { OutboundMessage } from "../../types/outbound.ts";
import { flowBody } from "./flow.ts";
import { buttonsBody, linkBody, listBody, requestBody } from "./interactive.ts";
import { contactsBody, locationBody } from "./location-contacts.ts";
import { mediaBody } from "./media.ts";
import type { GraphPart } from "./part.ts";
import { templateBody } from "./template.ts";
import { reactionBody, textBody } from "./words.ts";

/** Message part of a Graph API body: `type` and its object. Throws `MessageLimitError` when Meta would refuse it. */
export function graphMessage(message: OutboundMessage): GraphPart {
  switch (message.kind) {
    case "text":
      return textBody(message);
    case "reaction":
      return reactionBody(message);
    case "image":
    case "video":
    case "audio":
    case "document":
    case "sticker":
      return mediaBody(message);
    case "location":
      return locationBody(message);
    case "contacts":
      return contactsBody(message);
    case "location_request":
    case "contact_request":
      return requestBody(message);
    case "buttons":
      return buttonsBody(message);
    case "list":
      return listBody(message);
    case "cta_url":
      return linkBody(message);
    case "flow":
      return flowBody(message);
    case "template":
      return templateBody(message);
  }
}
