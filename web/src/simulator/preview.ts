import type { SimContent, SimFile, SimMessage, SimWritten } from "../api.ts";

type Preview = Pick<SimMessage, "type" | "text" | "content">;

const NO_FILE: SimFile = { url: "", mimeType: null, filename: null };

const tap = (id: string, title: string, description: string): Preview => ({
  type: "interactive",
  text: title,
  content: { kind: "tap", id, title, description },
});

/** How something that is on its way is shown, until the server shows it back. */
export function previewOf(message: SimWritten, file: SimFile | null): Preview {
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
    case "unsupported":
      return { type: "unsupported", text: null, content: null };
    default: {
      const { type: media, caption = "" } = message;
      const content: SimContent = { kind: "media", media, file: file ?? NO_FILE, caption };
      return { type: media === "voice" ? "audio" : media, text: caption || null, content };
    }
  }
}

function cardOf(name: string, phone: string): SimContent {
  return { kind: "contacts", cards: [{ name, company: "", phones: [phone], emails: [] }] };
}
