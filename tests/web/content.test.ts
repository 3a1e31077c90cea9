import { describe, expect, it } from "vitest";
import type { ChatContent } from "../../contracts/chat.ts";
import type { OutboundMessage } from "../../lib/types/outbound.ts";
import { contentOf } from "../../lib/whatsapp/content/content.ts";
import { graphMessage } from "../../lib/whatsapp/messages/build.ts";

const urlOf = ({ id, link }: { id?: string | undefined; link?: string | undefined }) => `${id ?? link}!`;

/** Content of a message from the bot's own builders. */
function shown(message: OutboundMessage): ChatContent | null {
  const part = graphMessage(message);
  return contentOf(part.type, part[part.type], urlOf);
}

const file = (source: string, filename: string | null = null) => ({
  url: `${source}!`,
  mimeType: null,
  filename,
});
const frame = { header: null, body: "b", footer: "" };

describe("what the bot sends", () => {
  it.each<[OutboundMessage, ChatContent | null]>([
    [{ kind: "text", text: "hola" }, null],
    [
      { kind: "reaction", waMessageId: "wamid.1", emoji: "" },
      { kind: "reaction", waMessageId: "wamid.1", emoji: "" },
    ],
    [
      { kind: "image", media: { link: "https://a.example/b.jpg" }, caption: "c" },
      { kind: "media", media: "image", file: file("https://a.example/b.jpg"), caption: "c" },
    ],
    [
      { kind: "audio", media: { id: "7" }, voice: true },
      { kind: "media", media: "voice", file: file("7"), caption: "" },
    ],
    [
      { kind: "document", media: { id: "7" }, filename: "a.pdf" },
      { kind: "media", media: "document", file: file("7", "a.pdf"), caption: "" },
    ],
    [
      { kind: "location", latitude: 1, longitude: 2, name: "n" },
      { kind: "location", latitude: 1, longitude: 2, name: "n", address: "" },
    ],
    [
      {
        kind: "contacts",
        contacts: [{ name: { formattedName: "Rosa Q", firstName: "Rosa" }, phones: [{ phone: "+1 2" }] }],
      },
      { kind: "contacts", cards: [{ name: "Rosa Q", company: "", phones: ["+1 2"], emails: [] }] },
    ],
    [
      { kind: "location_request", body: "b" },
      { kind: "interactive", ...frame, action: { type: "location_request" } },
    ],
    [
      { kind: "contact_request", body: "b" },
      { kind: "interactive", ...frame, action: { type: "contact_request" } },
    ],
    [
      {
        kind: "buttons",
        body: "b",
        footer: "f",
        header: { type: "text", text: "h" },
        buttons: [{ id: "1", title: "Sí" }],
      },
      {
        kind: "interactive",
        header: { type: "text", text: "h" },
        body: "b",
        footer: "f",
        action: { type: "buttons", buttons: [{ id: "1", title: "Sí" }] },
      },
    ],
    [
      {
        kind: "list",
        body: "b",
        button: "Ver",
        sections: [{ rows: [{ id: "1", title: "Uno", description: "d" }] }],
      },
      {
        kind: "interactive",
        ...frame,
        action: {
          type: "list",
          button: "Ver",
          sections: [{ title: "", rows: [{ id: "1", title: "Uno", description: "d" }] }],
        },
      },
    ],
    [
      {
        kind: "cta_url",
        body: "b",
        label: "Abrir",
        url: "https://a.example/",
        header: { type: "image", media: { id: "7" } },
      },
      {
        kind: "interactive",
        ...frame,
        header: { type: "media", media: "image", file: file("7") },
        action: { type: "link", label: "Abrir", url: "https://a.example/" },
      },
    ],
    [
      { kind: "flow", body: "b", flow: { id: "1" }, label: "Talla", token: "t" },
      { kind: "interactive", ...frame, action: { type: "flow", label: "Talla" } },
    ],
    [
      {
        kind: "template",
        name: "ready",
        languageCode: "es",
        components: [
          { type: "header", parameters: [{ type: "image", media: { id: "7" } }] },
          { type: "body", parameters: [{ type: "text", text: "Ana" }] },
          {
            type: "button",
            subType: "quick_reply",
            index: 0,
            parameters: [{ type: "payload", payload: "ok" }],
          },
        ],
      },
      {
        kind: "template",
        name: "ready",
        language: "es",
        header: { type: "media", media: "image", file: file("7") },
        values: ["Ana"],
        buttons: [{ id: "ok", title: "ok" }],
      },
    ],
  ])("shows %j", (message, content) => {
    expect(shown(message)).toEqual(content);
  });
});

describe("what a customer sends", () => {
  it("distinguishes voice messages from other audio", () => {
    expect(contentOf("audio", { id: "7", voice: true }, urlOf)).toMatchObject({ media: "voice" });
    expect(contentOf("audio", { id: "7" }, urlOf)).toMatchObject({ media: "audio" });
  });

  it("reads a removed reaction as an empty one", () => {
    expect(contentOf("reaction", { message_id: "wamid.1" }, urlOf)).toEqual({
      kind: "reaction",
      waMessageId: "wamid.1",
      emoji: "",
    });
  });

  it("shows a cart by its lines and sums", () => {
    const line = { product_retailer_id: "MANTA-07", quantity: 2, item_price: 0.1, currency: "PEN" };
    expect(contentOf("order", { text: " para regalo ", product_items: [line, "x"] }, urlOf)).toEqual({
      kind: "order",
      items: [
        { product: "MANTA-07", quantity: 2, price: { amount: 0.1, currency: "PEN" } },
        { product: "", quantity: 1, price: null },
      ],
      ...{ lines: 2, pieces: 3, sums: [{ amount: 0.2, currency: "PEN" }], note: "para regalo" },
    });
  });

  it("shows the first lines of a huge cart, and the sums of all that was sent", () => {
    const line = { product_retailer_id: "a", quantity: 1, item_price: 2, currency: "USD" };
    const many = contentOf("order", { product_items: Array.from({ length: 90 }, () => line) }, urlOf);
    expect(many).toMatchObject({ lines: 90, sums: [{ amount: 180, currency: "USD" }] });
    expect(many?.kind === "order" && many.items).toHaveLength(30);
    const totals = { lines: 500, pieces: 500, unpriced: 0, sums: { USD: 1000 } };
    expect(contentOf("order", { totals, truncated: true, product_items: [line] }, urlOf)).toMatchObject({
      ...{ lines: 500, pieces: 500, sums: [{ amount: 1000, currency: "USD" }] },
    });
  });

  it.each([null, [], "x", 7, {}, { type: "button_reply" }, { latitude: "north" }])(
    "shows nothing of %j, whatever its type",
    (object) => {
      for (const type of ["location", "interactive", "reaction", "template", "order", "toString", "poll"])
        expect(contentOf(type, object, urlOf)).toBeNull();
    },
  );
});
