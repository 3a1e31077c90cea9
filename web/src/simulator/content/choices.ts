import type { SimMessage } from "../../api.ts";
import type { Texts } from "../../texts/texts.ts";
import type { Acts } from "../acts.ts";

/** Something to tap under a message: it does something, or leads somewhere. */
export interface Choice {
  id: string;
  icon: "reply" | "list" | "link" | "flow" | "location" | "contacts";
  label: string;
  href?: string;
  onTap?(): void;
}

/** What can be tapped under a message that the business sent, and what each tap does. */
export function choicesOf(message: SimMessage, acts: Acts, texts: Texts): Choice[] {
  const { content, waMessageId: replyTo } = message;
  const words = texts.simulator.messages;
  if (message.direction === "in" || replyTo === null) return [];
  if (content?.kind === "template")
    return content.buttons.map(({ id, title }) => ({
      id,
      icon: "reply",
      label: title,
      onTap: () => acts.write({ type: "button", payload: id, text: title }, { replyTo }),
    }));
  if (content?.kind !== "interactive") return [];
  const { action } = content;
  const id = action.type;
  switch (action.type) {
    case "buttons":
      return action.buttons.map((button) => ({
        id: button.id,
        icon: "reply",
        label: button.title,
        onTap: () => acts.write({ type: "button_reply", ...button }, { replyTo }),
      }));
    case "list":
      return [
        { id, icon: "list", label: action.button, onTap: () => acts.show({ kind: "list", message, action }) },
      ];
    case "link":
      return [{ id, icon: "link", label: action.label, href: action.url }];
    case "flow":
      return [{ id, icon: "flow", label: action.label, onTap: () => acts.show({ kind: "flow", message }) }];
    case "location_request": {
      const onTap = () => acts.show({ kind: "places", replyTo });
      return [{ id, icon: "location", label: words.shareLocation, onTap }];
    }
    case "contact_request": {
      const { phone, name } = acts.customer;
      const share = () =>
        acts.write({ type: "contact", name: name || phone, phone: `+${phone}` }, { replyTo });
      return [{ id, icon: "contacts", label: words.shareContact, onTap: share }];
    }
  }
}
