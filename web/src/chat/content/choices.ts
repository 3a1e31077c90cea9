import type { ChatMessage } from "../../../../contracts/chat.ts";
import type { Texts } from "../../texts/texts.ts";

/** A button under a message; `href` makes it a link. */
export interface Choice {
  id: string;
  icon: "reply" | "list" | "link" | "flow" | "location" | "contacts";
  label: string;
  href?: string;
}

/** Buttons of a message that the business sent. */
export function choicesOf({ direction, waMessageId, content }: ChatMessage, texts: Texts): Choice[] {
  if (direction === "in" || waMessageId === null) return [];
  if (content?.kind === "template") return content.buttons.map(replyChoice);
  if (content?.kind !== "interactive") return [];
  const { action } = content;
  const id = action.type;
  switch (action.type) {
    case "buttons":
      return action.buttons.map(replyChoice);
    case "list":
      return [{ id, icon: "list", label: action.button }];
    case "link":
      return [{ id, icon: "link", label: action.label, href: action.url }];
    case "flow":
      return [{ id, icon: "flow", label: action.label }];
    case "location_request":
      return [{ id, icon: "location", label: texts.chat.shareLocation }];
    case "contact_request":
      return [{ id, icon: "contacts", label: texts.chat.shareContact }];
  }
}

function replyChoice({ id, title }: { id: string; title: string }): Choice {
  return { id, icon: "reply", label: title };
}
