import type { ChatContent, ChatFile, ChatMessage } from "../../../../contracts/chat.ts";
import type { SimWritten } from "../../../../contracts/simulator.ts";

type Preview = Pick<ChatMessage, "type" | "text" | "content">;

const NO_FILE: ChatFile = { url: "", mimeType: null, filename: null };

const tap = (id: string, title: string, description: string): Preview => ({
  type: "interactive",
  text: title,
  content: { kind: "tap", id, title, description },
});

/** Preview of a message that is being sent. */
export function previewOf(message: SimWritten, file: ChatFile | null): Preview {
  switch (message.type) {
    case "text":
      return { type: "text", text: message.text, content: null };
    case "location": {
      const { type: kind, ...place } = message;
      return { type: kind, text: null, content: { kind, ...place } };
    }
    case "contact":
      return { type: "contacts", text: null, content: cardOf(message.name, message.phone) };
    case "reaction": {
      const { type: kind, ...reaction } = message;
      return { type: kind, text: null, content: { kind, ...reaction } };
    }
    case "button_reply":
      return tap(message.id, message.title, "");
    case "list_reply":
      return tap(message.id, message.title, message.description);
    case "button":
      return { type: "button", text: message.text, content: null };
    case "flow_reply":
      return {
        type: "interactive",
        text: null,
        content: { kind: "form", response: message.response },
      };
    case "order":
      return { type: "order", text: message.text || null, content: cartOf(message.items, message.text) };
    case "unsupported":
      return { type: "unsupported", text: null, content: null };
    default: {
      const { type: media, caption = "" } = message;
      const content: ChatContent = { kind: "media", media, file: file ?? NO_FILE, caption };
      return { type: media === "voice" ? "audio" : media, text: caption || null, content };
    }
  }
}

function cardOf(name: string, phone: string): ChatContent {
  return { kind: "contacts", cards: [{ name, company: "", phones: [phone], emails: [] }] };
}

function cartOf(items: Extract<SimWritten, { type: "order" }>["items"], note: string): ChatContent {
  const [first] = items;
  return {
    kind: "order",
    items: items.map(({ id, quantity, price, currency }) => ({
      ...{ product: id, quantity },
      price: { amount: price, currency },
    })),
    lines: items.length,
    pieces: items.reduce((sum, { quantity }) => sum + quantity, 0),
    sums: first
      ? [
          {
            amount: items.reduce((sum, { price, quantity }) => sum + price * quantity, 0),
            currency: first.currency,
          },
        ]
      : [],
    note,
  };
}
