import type { SimWritten } from "../../../contracts/simulator.ts";
import type { Files } from "./files.ts";

type Json = Record<string, unknown>;
type Write<Type extends SimWritten["type"]> = (
  written: Extract<SimWritten, { type: Type }>,
  files: Files,
) => Json | null;

type Media = Extract<SimWritten, { mediaId: string }>;

const media = ({ type, mediaId, caption }: Media, files: Files): Json | null => {
  const file = files.uploaded(mediaId);
  if (!file) return null;
  const metaType = type === "voice" ? "audio" : type;
  const named = type === "document" && file.filename !== null ? { filename: file.filename } : {};
  const captioned = caption ? { caption } : {};
  const spoken = metaType === "audio" ? { voice: type === "voice" } : {};
  const still = type === "sticker" ? { animated: false } : {};
  const about = { mime_type: file.mimeType, sha256: file.sha256, id: mediaId };
  return { type: metaType, [metaType]: { ...captioned, ...named, ...about, ...spoken, ...still } };
};

const tap = (interactive: Json): Json => ({ type: "interactive", interactive });

/** Meta's id of the catalogue. */
const CATALOG = "100000000000009";

/** One writer per kind of message that a phone can send, in the form of Meta's webhook. */
const WRITERS: { readonly [Type in SimWritten["type"]]: Write<Type> } = {
  text: ({ text }) => ({ type: "text", text: { body: text } }),
  image: media,
  video: media,
  audio: media,
  voice: media,
  document: media,
  sticker: media,
  location: ({ latitude, longitude, name, address }) => {
    const named = { ...(name ? { name } : {}), ...(address ? { address } : {}) };
    return { type: "location", location: { latitude, longitude, ...named } };
  },
  contact: ({ name, phone }) => {
    const [first_name = name, ...others] = name.split(" ");
    const last = others.length > 0 ? { last_name: others.join(" ") } : {};
    const digits = phone.replace(/\D/g, "");
    const phones = [{ phone, type: "CELL", ...(digits ? { wa_id: digits } : {}) }];
    return { type: "contacts", contacts: [{ name: { formatted_name: name, first_name, ...last }, phones }] };
  },
  reaction: ({ waMessageId, emoji }) => ({
    type: "reaction",
    reaction: { message_id: waMessageId, ...(emoji ? { emoji } : {}) },
  }),
  button_reply: ({ id, title }) => tap({ type: "button_reply", button_reply: { id, title } }),
  list_reply: ({ id, title, description }) =>
    tap({ type: "list_reply", list_reply: { id, title, ...(description ? { description } : {}) } }),
  button: ({ payload, text }) => ({ type: "button", button: { payload, text } }),
  flow_reply: ({ response }) =>
    tap({ type: "nfm_reply", nfm_reply: { name: "flow", body: "Sent", response_json: response } }),
  order: ({ items, text }) => ({
    type: "order",
    order: {
      catalog_id: CATALOG,
      text,
      product_items: items.map(({ id: product_retailer_id, quantity, price: item_price, currency }) => ({
        ...{ product_retailer_id, quantity, item_price, currency },
      })),
    },
  }),
  unsupported: () => ({
    type: "unsupported",
    unsupported: { type: "poll_creation" },
    errors: [
      {
        code: 131051,
        title: "Message type unknown",
        message: "Message type unknown",
        error_data: { details: "Message type is currently not supported." },
      },
    ],
  }),
};

/** The message in Meta's form; null when its file is no longer known. */
export function messageOf(written: SimWritten, files: Files): Json | null {
  return write(written.type, written, files);
}

function write<Type extends SimWritten["type"]>(
  type: Type,
  written: Extract<SimWritten, { type: Type }>,
  files: Files,
): Json | null {
  return WRITERS[type](written, files);
}
