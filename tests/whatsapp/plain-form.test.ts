import { describe, expect, it } from "vitest";
import type { OutboundMessage } from "../../lib/types/outbound.ts";
import { graphMessage } from "../../lib/whatsapp/messages/build.ts";
import { plainerForm } from "../../lib/whatsapp/messages/plain-form.ts";

const WHY = { quoteRefused: false, language: "en" } as const;
const plain = (message: OutboundMessage, quoteWaMessageId: string | null = null) =>
  plainerForm({ message, quoteWaMessageId }, WHY);
const textOf = (message: OutboundMessage): string | null => {
  const form = plain(message);
  return form?.message.kind === "text" ? form.message.text : null;
};
const header = { type: "image", media: { link: "https://shop.example/a.png" } } as const;

describe("plainerForm", () => {
  it.each<[string, OutboundMessage, string]>([
    [
      "buttons as numbered lines, header and footer kept",
      {
        kind: "buttons",
        header: { type: "text", text: "Shirts" },
        body: "Which?",
        footer: "Until Friday",
        buttons: ["S", "M"].map((title) => ({ id: title, title })),
      },
      "Shirts\n\nWhich?\n\nUntil Friday\n\n1. S\n2. M",
    ],
    [
      "the rows of all sections, with their descriptions",
      {
        kind: "list",
        body: "Which?",
        button: "Sizes",
        sections: [
          { title: "Small", rows: [{ id: "s", title: "S", description: "92 cm" }] },
          { title: "Large", rows: [{ id: "l", title: "L" }] },
        ],
      },
      "Which?\n\n1. S: 92 cm\n2. L",
    ],
    [
      "a header's public link",
      { kind: "buttons", header, body: "Which?", buttons: [{ id: "s", title: "S" }] },
      "https://shop.example/a.png\n\nWhich?\n\n1. S",
    ],
    [
      "a link with its label",
      { kind: "cta_url", body: "Pay here", label: "Pay", url: "https://shop.example/p" },
      "Pay here\n\nPay: https://shop.example/p",
    ],
    [
      "a location request as a sentence",
      { kind: "location_request", body: "Where are you?" },
      "Where are you?\n\nYou can send it with 📎 → Location, or write the address.",
    ],
    [
      "a contact request as a sentence",
      { kind: "contact_request", body: "Your number?" },
      "Your number?\n\nYou can write your phone number right here.",
    ],
    [
      "a picture's caption and public link",
      { kind: "image", media: header.media, caption: "The red one" },
      "The red one\n\nhttps://shop.example/a.png",
    ],
    [
      "the caption alone of an uploaded file",
      { kind: "document", media: { id: "1" }, caption: "Your bill" },
      "Your bill",
    ],
    [
      "a location's words and map",
      { kind: "location", latitude: -12.1, longitude: -77, name: "Shop" },
      "Shop\nhttps://www.google.com/maps?q=-12.1,-77",
    ],
    [
      "a contact card line by line",
      {
        kind: "contacts",
        contacts: [
          {
            name: { formattedName: "Ana" },
            phones: [{ phone: "+51 987" }],
            emails: [{ email: "a@shop.example" }],
          },
        ],
      },
      "Ana\n+51 987\na@shop.example",
    ],
    [
      "a form's words",
      { kind: "flow", flow: { id: "1" }, label: "Book", token: "t", body: "Book a table" },
      "Book a table",
    ],
    [
      "a text without its preview",
      { kind: "text", text: "Hi https://shop.example", previewUrl: true },
      "Hi https://shop.example",
    ],
  ])("gives %s", (_, message, text) => {
    expect(textOf(message)).toBe(text);
  });

  it.each([
    "http://shop.example/a.png",
    "https://shop.example/a.png?signature=abc",
    "https://ana:secret@shop.example/a.png",
    "https://localhost/a.png",
    "https://files.internal/a.png",
    "https://10.0.0.7/a.png",
    "https://[::1]/a.png",
  ])("does not show the customer %s", (link) => {
    expect(textOf({ kind: "image", media: { link }, caption: "The red one" })).toBe("The red one");
    expect(plain({ kind: "audio", media: { link } })).toBeNull();
  });

  it.each<[string, OutboundMessage]>([
    ["a text", { kind: "text", text: "Hi" }],
    ["a template", { kind: "template", name: "news", languageCode: "es" }],
    ["a sticker", { kind: "sticker", media: { id: "1" } }],
    ["a reaction", { kind: "reaction", waMessageId: "wamid.1", emoji: "👍" }],
    ["an uploaded picture without words", { kind: "image", media: { id: "1" } }],
  ])("has none for %s", (_, message) => {
    expect(plain(message)).toBeNull();
  });

  it("drops only the quote where Meta names it, and with the words otherwise", () => {
    const message = { kind: "location_request", body: "Where?" } as const;
    const quoting = { message, quoteWaMessageId: "wamid.1" };
    expect(plainerForm(quoting, { ...WHY, quoteRefused: true })).toEqual({ message, quoteWaMessageId: null });
    expect(plainerForm(quoting, WHY)).toMatchObject({ message: { kind: "text" }, quoteWaMessageId: null });
    const text = { kind: "text", text: "Hi" } as const;
    expect(plain(text, "wamid.1")).toEqual({ message: text, quoteWaMessageId: null });
  });

  it("ends after a few steps, in a text that Meta's limits allow", () => {
    const rows = Array.from({ length: 10 }, (_, at) => ({
      ...{ id: `${at}`, title: `Size ${at}`, description: "d".repeat(72) },
    }));
    const body = "The words of the reply. ".repeat(170);
    const message = { kind: "list", body, button: "Sizes", sections: [{ rows }] } as const;
    const form = plain(message, "wamid.1");
    expect(form && graphMessage(form.message).type).toBe("text");
    expect(form?.message.kind === "text" && form.message.text.endsWith(`10. Size 9: ${"d".repeat(72)}`)).toBe(
      true,
    );
    expect(form && plainerForm(form, WHY)).toBeNull();
  });
});
