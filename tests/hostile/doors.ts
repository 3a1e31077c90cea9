import type { Script } from "./conversation.ts";
import { RAW } from "./values.ts";

/** Entry of outside data into a turn: puts a value there. */
type Door = (script: Script, value: unknown) => Partial<Script>;

const message =
  (fields: (value: unknown) => Record<string, unknown>): Door =>
  (_, value) => ({ message: fields(value) });
const file =
  (kind: Script["kind"], field: string): Door =>
  (_, value) => ({ kind, file: { [field]: value } });
/** One field of what a party says. */
const field =
  (
    party:
      | "classification"
      | "usage"
      | "completion"
      | "order"
      | "arguments"
      | "contact"
      | "transcript"
      | "facts",
    name: string,
    more: Partial<Script> = {},
  ): Door =>
  (script, value) => ({ ...more, [party]: { ...script[party], [name]: value } });
const status =
  (name: string): Door =>
  (_, value) => ({ status: { [name]: value } });
const handoff = { tool: "handoff", arguments: { reason: "other", summary: "Pide ayuda." } };
const voice: Partial<Script> = { kind: "audio" };

/** As HTTP can carry it. */
const header = (value: unknown): string =>
  String(value)
    .replace(/[^\x20-\x7e]/g, "")
    .slice(0, 1_000);
let ids = 0;
/** Nobody gives the same id twice: a second one would name the first one's person or message. */
function unique(value: unknown): unknown {
  ids += 1;
  if (typeof value === "number" && Number.isSafeInteger(value)) return value + ids;
  const isRaw = typeof value !== "string" || value.startsWith(RAW);
  return isRaw || value.length > 512 ? value : `${ids}.${value}`;
}

/** Every door of a turn, by who stands outside. */
export const DOORS: Readonly<Record<string, Door>> = {
  "customer: words": (_, value) => ({ words: value }),
  "customer: name": (_, value) => ({ contact: { profile: { name: value } } }),
  "customer: contact": field("contact", "profile"),
  "customer: user id": (_, value) => ({ contact: { user_id: unique(value) } }),
  "customer: time": message((timestamp) => ({ timestamp })),
  "customer: quoted message": message((id) => ({ context: { id } })),
  "customer: ad": message((body) => ({ referral: { body, source_url: body } })),
  "customer: product": message((catalog_id) => ({ context: { referred_product: { catalog_id } } })),
  "customer: errors": message((code) => ({ errors: [{ code }] })),
  "customer: tap": message((id) => ({
    type: "interactive",
    interactive: { type: "list_reply", list_reply: { id, title: id } },
  })),
  "customer: form": message((form) => ({
    type: "interactive",
    interactive: { type: "nfm_reply", nfm_reply: { response_json: form, body: form } },
  })),
  "customer: place": message((place) => ({ type: "location", location: { latitude: place, name: place } })),
  "customer: people": message((name) => ({
    type: "contacts",
    contacts: [{ name: { formatted_name: name }, phones: [{ phone: name }] }],
  })),
  "customer: order": message((item) => ({
    type: "order",
    order: { text: item, product_items: [{ product_retailer_id: "1", quantity: item }] },
  })),
  "customer: something new": message((something) => ({ type: "hologram", hologram: something })),
  "customer: caption": file("document", "caption"),
  "customer: file name": file("document", "filename"),
  "customer: file type": file("document", "mime_type"),
  "customer: file id": file("audio", "id"),
  "customer: document": (_, value) => ({ kind: "document", words: value }),
  "Meta: type of a file": field("facts", "mime_type", voice),
  "Meta: size of a file": field("facts", "file_size", voice),
  "Meta: digest of a file": field("facts", "sha256", voice),
  "Meta: link to a file": field("facts", "url", voice),
  "model: transcript": field("transcript", "text", voice),
  "model: length of sound": field("transcript", "duration", voice),
  "model: intent": field("classification", "intent"),
  "model: confidence": field("classification", "confidence"),
  "model: language": field("classification", "language"),
  "model: tokens read": field("usage", "prompt_tokens"),
  "model: tokens said": field("usage", "completion_tokens"),
  "model: tokens": field("completion", "usage"),
  "model: time": field("completion", "created"),
  "model: answer's id": field("completion", "id"),
  "model: choices": field("completion", "choices"),
  "model: reply": (_, value) => ({ reply: value }),
  "model: tool's name": (_, value) => ({ tool: value }),
  "model: tool's query": field("arguments", "query"),
  "model: tool's source": field("arguments", "source"),
  "model: more than the tool asks for": field("arguments", "more"),
  "model: question of knowledge": (_, value) => ({ arguments: { source: "knowledge", query: value } }),
  "model: summary for a person": (_, value) => ({
    ...handoff,
    arguments: { ...handoff.arguments, summary: value },
  }),
  "model: reason for a person": (_, value) => ({
    ...handoff,
    arguments: { ...handoff.arguments, reason: value },
  }),
  "model: choices to tap": (_, value) => ({
    tool: "offer_choices",
    arguments: { options: [{ title: value, description: value }, { title: "Otro" }], button: value },
  }),
  "company: order's number": field("order", "number"),
  "company: order's state": field("order", "status"),
  "company: order's items": field("order", "items"),
  "company: item's name": (script, value) => ({
    order: { ...script.order, items: [{ name: value, quantity: 1 }] },
  }),
  "company: quantity": (script, value) => ({
    order: { ...script.order, items: [{ name: "Poncho", quantity: value }] },
  }),
  "company: carrier": field("order", "carrier"),
  "company: link": field("order", "trackingUrl"),
  "company: more than asked": field("order", "more"),
  "company: orders": (_, value) => ({ company: { orders: value } }),
  "company: answer": (_, value) => ({ company: value }),
  "Graph: message's id": (_, value) => ({
    graph: { status: 200, body: { messages: [{ id: unique(value) }] } },
  }),
  "Graph: messages": (_, value) => ({ graph: { status: 200, body: { messages: value } } }),
  "Graph: answer": (_, value) => ({ graph: { status: 200, body: value } }),
  "Graph: code of a refusal": (_, code) => ({ graph: { status: 400, body: { error: { code } } } }),
  "Graph: code of a failure": (_, code) => ({ graph: { status: 500, body: { error: { code } } } }),
  "Graph: error": (_, error) => ({ graph: { status: 400, body: { error } } }),
  "Graph: when to come back": (_, value) => ({
    graph: { status: 429, headers: { "retry-after": header(value) }, body: { error: { code: 130_429 } } },
  }),
  "Graph: answer to a read mark": (_, value) => ({ typing: value }),
  "Graph: code in a report": (_, code) => ({ status: { status: "failed", errors: [{ code }] } }),
  "Graph: price in a report": status("pricing"),
  "Graph: time of a report": status("timestamp"),
  "Graph: recipient of a report": status("recipient_id"),
  "Graph: our id in a report": status("biz_opaque_callback_data"),
  "Graph: id in a report": status("id"),
  "Graph: state in a report": status("status"),
  "cache: verdict": (_, value) => ({ cache: value }),
  "cache: rest of a window": (_, value) => ({ cache: `limited:${String(value).slice(0, 15)}` }),
};
