import type { ConversationRow } from "../../../contracts/console/inbox.ts";
import type { ConversationView, ThreadMessage, ThreadTurn } from "../../../contracts/console/thread.ts";
import { row, threadMessage, view } from "../../web/console/samples.ts";
import { everyKindState } from "../kinds.ts";
import { ME, type Office, TENANT } from "./office.ts";

const MINUTE = 60_000;
const LUIS = { id: "l1", name: "Luis Paredes" };
const NAMES = [
  "María Quispe",
  "Jorge Huamán",
  "Lucía Fernández",
  "João Pereira",
  "Kate Miller",
  "Rosa Mamani",
  "Carlos Ríos",
  "Ana Beatriz Souza",
  "Pedro Castillo Vega",
  "Valentina Rojas",
  "Diego Salazar",
  "Elena Flores",
];
const PREVIEWS = [
  "Llegó con la caja rota, ¿qué puedo hacer?",
  "¿Tienen el poncho en talla M?",
  "Quiero hablar con una persona por favor",
  "Obrigado! Chegou direitinho.",
  "Where is my order 1042?",
  "¿Hacen envíos a Cusco?",
];

/** A turn with a tool call. */
function turn(given: Partial<ThreadTurn> = {}): ThreadTurn {
  return {
    id: "t1",
    at: 0,
    state: "done",
    intent: "order_status",
    confidence: 0.94,
    rung: "full",
    waitMs: 1380,
    costUsd: 0.00042,
    toolCalls: [
      { name: "lookup", input: { source: "orders" }, output: { orders: ["1042"] }, ms: 24, failed: false },
    ],
    errors: [],
    ...given,
  };
}

/** Fills an office with an afternoon's conversations; gives the one that waits longest. */
export function fillOffice(office: Office, now: number): ConversationView {
  const rows: ConversationRow[] = NAMES.map((name, place) => {
    const waits = place < 4 ? now - ([14, 6, 3, 0.5][place] ?? 0) * MINUTE : null;
    return row({
      id: `c-${place}`,
      name,
      phone: `+51 987 654 ${100 + place}`,
      preview: PREVIEWS[place % PREVIEWS.length] ?? "",
      previewBy: place % 5 === 4 ? "bot" : "customer",
      lastAt: now - place * 7 * MINUTE,
      unread: [3, 1, 0, 12][place] ?? 0,
      waitingSince: waits,
      reason: waits === null ? null : "complaint",
      owner: place < 7 ? "human" : "bot",
      assignee: place === 4 || place === 5 ? ME : place === 6 ? LUIS : null,
      tags: place % 3 === 0 ? ["reclamo", "vip"] : [],
      flaggedAt: place === 8 ? now - 1000 : null,
      windowEndsAt: place === 1 ? now + 50 * MINUTE : place === 2 ? now - 1 : now + (20 * 60 + 12) * MINUTE,
      demo: place > 9,
      changedAt: now - MINUTE,
    });
  });
  office.rows = rows;
  for (const one of rows) office.views.set(one.id, conversation(one, now));
  return office.views.get("c-0") as ConversationView;
}

function conversation(one: ConversationRow, now: number): ConversationView {
  const at = (minutes: number) => now - minutes * MINUTE;
  const said = (given: Partial<ThreadMessage>) => threadMessage(given);
  const asked = said({ direction: "in", text: "Hola, ¿dónde está mi pedido *1042*?", at: at(60 * 26) });
  const answered = said({
    text: "Tu pedido *1042* está en camino. Llega el miércoles.",
    turnId: "t1",
    at: at(60 * 26) + 2000,
  });
  return view({
    row: one,
    handoff: {
      id: "h",
      reason: "complaint",
      summary: "El poncho del pedido 1042 llegó con una rotura. Pide cambio; ya envió una foto.",
      openedAt: one.waitingSince ?? at(5),
      takenAt: null,
      takenBy: null,
      handedBackAt: null,
    },
    customer: {
      ...view({ row: one }).customer,
      handoffs: [
        {
          id: "h",
          reason: "complaint",
          summary: "",
          openedAt: at(14),
          takenAt: null,
          takenBy: null,
          handedBackAt: null,
        },
      ],
    },
    messages: [
      asked,
      answered,
      said({
        direction: "in",
        text: null,
        type: "image",
        at: at(20),
        fileUrl: `/api/console/t/${TENANT}/files/photo.jpg`,
        content: {
          kind: "media",
          media: "image",
          caption: "Llegó con un _roto_",
          file: { url: "", mimeType: "image/jpeg", filename: null },
        },
        reading: "Un poncho rojo con una rotura en el borde.",
      }),
      said({
        text: "Lamento mucho lo que pasó. Te paso con una persona del equipo.",
        turnId: "t2",
        at: at(14) - 1000,
      }),
      said({
        author: "operator",
        operator: LUIS,
        text: "Hola, soy Luis. Reviso tu caso.",
        quoteWaMessageId: asked.waMessageId,
        at: at(10),
      }),
      said({ author: "operator", fromPhoneApp: true, text: "Un momento, por favor.", at: at(9) }),
      said({
        author: "operator",
        operator: ME,
        text: "Te mandamos otro mañana.",
        status: "failed",
        failure: "window_closed",
        metaCodes: [131047],
        at: at(5),
      }),
      said({ direction: "in", text: "Gracias 🙏", at: at(1) }),
    ],
    turns: [
      turn({ at: at(60 * 26) }),
      turn({ id: "t2", at: at(14), intent: "complaint", costUsd: null, toolCalls: [] }),
    ],
    notes: [
      { id: "n1", at: at(8), operator: LUIS, text: "Cliente frecuente: cambio sin costo, autorizado." },
    ],
    presence: [{ operator: LUIS, typing: true }],
  });
}

/** Every kind of message, as this console would get it. */
export function everyKind(one: ConversationRow): ConversationView {
  const { messages } = everyKindState();
  return view({
    row: one,
    messages: messages.map((message) => {
      const { content } = message;
      const fileUrl =
        content?.kind === "media"
          ? content.file.url.replace("/_local/media", `/api/console/t/${TENANT}/files`)
          : null;
      return { ...threadMessage(), ...message, fileUrl };
    }),
  });
}
