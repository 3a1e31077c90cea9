import type { ChatMessage } from "../../../../contracts/chat.ts";
import type { PhoneActions } from "./actions.ts";

/** Performs the tap on one choice of a message that the business sent. */
export function tap(message: ChatMessage, choiceId: string, actions: PhoneActions): void {
  const { content, waMessageId: replyTo } = message;
  if (content?.kind === "template") {
    const button = content.buttons.find(({ id }) => id === choiceId);
    if (button) actions.write({ type: "button", payload: button.id, text: button.title }, { replyTo });
  }
  if (content?.kind !== "interactive") return;
  const { action } = content;
  switch (action.type) {
    case "buttons": {
      const button = action.buttons.find(({ id }) => id === choiceId);
      if (button) actions.write({ type: "button_reply", ...button }, { replyTo });
      return;
    }
    case "list":
      actions.open({ kind: "list", message, action });
      return;
    case "flow":
      actions.open({ kind: "flow", message });
      return;
    case "location_request":
      actions.open({ kind: "places", replyTo });
      return;
    case "contact_request": {
      const { phone, name } = actions.customer;
      actions.write({ type: "contact", name: name || phone, phone: `+${phone}` }, { replyTo });
    }
  }
}
