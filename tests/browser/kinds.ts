import type { ChatContent, ChatMessage } from "../../contracts/chat.ts";
import type { SimState } from "../../contracts/simulator.ts";
import { message, state } from "./samples.ts";

const file = (name: string, mimeType: string) => ({ url: `/_local/media/${name}`, mimeType, filename: name });
const PHOTO = file("photo.jpg", "image/jpeg");

type Interactive = Extract<ChatContent, { kind: "interactive" }>;

const interactive = (body: string, action: Interactive["action"], given: Partial<Interactive> = {}) => ({
  content: { kind: "interactive" as const, header: null, body, footer: "", action, ...given },
});

/** Three buttons under a photo. */
export const BUTTONS = message({
  type: "interactive",
  ...interactive(
    "¿Qué quieres hacer con tu *pedido 1042*?",
    {
      type: "buttons",
      buttons: [
        { id: "track", title: "Ver envío" },
        { id: "change", title: "Cambiar dirección" },
        { id: "person", title: "Hablar con alguien" },
      ],
    },
    { header: { type: "media", media: "image", file: PHOTO }, footer: "Responde cuando quieras" },
  ),
});

/** A list of two sections. */
export const LIST = message({
  type: "interactive",
  ...interactive(
    "Tienes varios pedidos. ¿Cuál te interesa?",
    {
      type: "list",
      button: "Ver pedidos",
      sections: [
        {
          title: "En camino",
          rows: [
            { id: "o-1042", title: "Pedido 1042", description: "Poncho Ausangate, llega el miércoles" },
            { id: "o-1051", title: "Pedido 1051", description: "Medias Puna" },
          ],
        },
        { title: "Entregados", rows: [{ id: "o-1029", title: "Pedido 1029", description: "" }] },
      ],
    },
    { header: { type: "text", text: "Tus pedidos" } },
  ),
});

/** A location request. */
export const LOCATION_REQUEST = message({
  type: "interactive",
  ...interactive("¿Dónde estás? Busco la tienda más cercana.", { type: "location_request" }),
});

const medium = (media: Extract<ChatContent, { kind: "media" }>["media"], name: string, mimeType: string) =>
  ({ kind: "media", media, file: file(name, mimeType), caption: "" }) as const;

const inbound = (given: Partial<ChatMessage>) => message({ direction: "in", text: null, ...given });

/** Every kind of message in both directions, two reactions and a failure. */
export function everyKindState(): SimState {
  const photo = inbound({
    type: "image",
    content: { ...medium("image", "photo.jpg", "image/jpeg"), caption: "Llegó con un _roto_" },
  });
  const voice = inbound({
    type: "audio",
    content: medium("voice", "voice-es.ogg", "audio/ogg"),
    reading: "Hola, ¿dónde está mi pedido 1042?",
  });
  const answered = message({ text: "Tu pedido *1042* está en camino.", quoteWaMessageId: voice.waMessageId });
  const place = { kind: "location" as const, latitude: -13.51683, longitude: -71.97877 };
  const rosa = {
    name: "Rosa Quispe",
    company: "Tambo",
    phones: ["+1 555 010 0142"],
    emails: ["rosa@tambo.example"],
  };
  return state({
    messages: [
      photo,
      voice,
      answered,
      inbound({
        type: "reaction",
        content: { kind: "reaction", waMessageId: answered.waMessageId ?? "", emoji: "❤️" },
      }),
      message({
        text: null,
        type: "reaction",
        content: { kind: "reaction", waMessageId: photo.waMessageId ?? "", emoji: "😮" },
      }),
      inbound({
        type: "document",
        content: medium("document", "receipt.pdf", "application/pdf"),
        reading: "Pedido 1042",
      }),
      inbound({ type: "sticker", content: medium("sticker", "sticker.webp", "image/webp") }),
      inbound({ type: "location", content: { ...place, name: "Plaza de Armas", address: "Cusco, Perú" } }),
      inbound({ type: "contacts", content: { kind: "contacts", cards: [rosa] } }),
      inbound({ type: "unsupported" }),
      inbound({
        type: "order",
        content: {
          kind: "order",
          items: [
            { product: "poncho-ausangate", quantity: 1, price: { amount: 389, currency: "PEN" } },
            { product: "x".repeat(90), quantity: 12, price: { amount: 40, currency: "PEN" } },
            { product: "", quantity: 1, price: { amount: 3, currency: "???" } },
          ],
          ...{ lines: 5, pieces: 16, sums: [{ amount: 869, currency: "PEN" }], note: "para *regalo*" },
        },
      }),
      BUTTONS,
      inbound({
        type: "interactive",
        text: "Ver envío",
        quoteWaMessageId: BUTTONS.waMessageId,
        content: { kind: "tap", id: "track", title: "Ver envío", description: "" },
      }),
      LIST,
      message({
        type: "interactive",
        ...interactive("Sigue tu envío aquí:", {
          type: "link",
          label: "Seguir envío",
          url: "https://rastreo.tambo.example/1042",
        }),
      }),
      message({
        type: "interactive",
        ...interactive("Dinos tu talla.", { type: "flow", label: "Elegir talla" }),
      }),
      inbound({ type: "interactive", content: { kind: "form", response: '{"size":"M","color":"rojo"}' } }),
      LOCATION_REQUEST,
      message({ type: "interactive", ...interactive("¿Nos das tu número?", { type: "contact_request" }) }),
      message({ text: null, type: "location", content: { ...place, name: "", address: "" } }),
      message({ text: null, type: "contacts", content: { kind: "contacts", cards: [rosa] } }),
      message({
        text: null,
        type: "image",
        content: { ...medium("image", "photo.jpg", "image/jpeg"), caption: "Así queda" },
      }),
      message({ text: null, type: "video", content: medium("video", "photo.jpg", "video/mp4") }),
      message({ text: null, type: "audio", content: medium("audio", "voice-es.ogg", "audio/ogg") }),
      message({
        text: null,
        type: "document",
        content: medium("document", "receipt.pdf", "application/pdf"),
      }),
      message({ text: null, type: "sticker", content: medium("sticker", "sticker.webp", "image/webp") }),
      message({
        text: null,
        type: "template",
        content: {
          kind: "template",
          name: "order_ready",
          language: "es",
          header: null,
          values: ["Ana", "1042"],
          buttons: [{ id: "ok", title: "Gracias" }],
        },
      }),
      message({ text: "¿Sigues ahí?", status: "failed", metaCodes: [131047] }),
    ],
  });
}
