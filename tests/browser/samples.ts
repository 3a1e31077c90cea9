import type { ChatMessage } from "../../contracts/chat.ts";
import type { SimState } from "../../contracts/simulator.ts";
import type { TurnView } from "../../contracts/turn.ts";
import { MEDIA_LIMITS } from "../../fakes/simulator/media-limits.ts";

const NOON = Date.UTC(2026, 0, 15, 12, 0, 0);
let count = 0;

/** A message with defaults for everything that a test does not give. */
export function message(given: Partial<ChatMessage>): ChatMessage {
  count += 1;
  const inbound = given.direction === "in";
  return {
    id: `m${count}`,
    waMessageId: `wamid.sample.${count}`,
    direction: "out",
    author: inbound ? "customer" : "bot",
    text: "Hola",
    type: "text",
    content: null,
    reading: null,
    at: NOON + count * 1000,
    quoteWaMessageId: null,
    status: inbound ? null : "read",
    metaCodes: [],
    turnId: null,
    ...given,
  };
}

/** A turn without failures. */
export function turn(given: Partial<TurnView>): TurnView {
  count += 1;
  return {
    id: `t${count}`,
    at: NOON + count * 1000,
    intent: "product_question",
    confidence: 0.93,
    decidedBy: "model",
    language: "es",
    rung: "full",
    stagesMs: {
      verify: 0.8,
      parse: 0.4,
      admit: 3.1,
      receive: 6.2,
      claim: 4.9,
      classify: 212,
      respond: 874,
      "tool:lookup": 18,
      draft: 5.2,
      send: 61,
      finish: 4.1,
    },
    ackMs: 14,
    waitMs: 1204,
    toolCalls: [
      {
        name: "lookup",
        input: { source: "knowledge", query: "costo de envío" },
        output: {
          passages: [
            { title: "Envíos", text: "Lima S/ 10, provincias S/ 18. Gratis desde S/ 200.", language: "es" },
          ],
        },
        ms: 18,
        failed: false,
      },
    ],
    intentModel: "gpt-4o-mini",
    replyModel: "gpt-4o",
    models: null,
    modelChoice: "quality/standard",
    inputTokens: 1486,
    cachedTokens: 1024,
    outputTokens: 64,
    costUsd: 0.00041,
    errors: [],
    rounds: 1,
    traceId: "4bf92f3577b34da6a3ce929d0e0e4736",
    inboundIds: [],
    outboundIds: [],
    ...given,
  };
}

/** A state without messages. */
export function state(given: Partial<SimState> = {}): SimState {
  return {
    company: { name: "Tambo", about: "Tejidos y café de los Andes", language: "es", asks: {}, catalog: [] },
    model: { offline: true, intent: "gpt-4o-mini", reply: "gpt-4o" },
    mediaLimits: MEDIA_LIMITS,
    targets: { webhookMs: 100, intentMs: 500, replyMs: 2000, waitMs: 3000 },
    customers: [
      { phone: "51987654321", name: "Ana", language: "es" },
      { phone: "5511987654321", name: "João", language: "pt" },
      { phone: "15551234567", name: "Kate", language: "en" },
    ],
    conversation: { status: "bot", handoff: null },
    messages: [],
    turns: [],
    ...given,
  };
}

/** A day's conversation: formatting, a quote, every status, a slow turn and a degraded one. */
export function busyState(): SimState {
  const asked = message({ direction: "in", text: "¡Hola! ¿Cuánto cuesta el envío a *Cusco*? 🦙" });
  const answered = message({
    text: "¡Hola, Ana! 🦙\n\nEl envío cuesta:\n- *Lima:* S/ 10, de 1 a 2 días\n- *Provincias:* S/ 18, de 3 a 5 días\n\n> Gratis desde S/ 200\n\nMás en https://tambo.example/envios.",
    quoteWaMessageId: asked.waMessageId,
  });
  const order = message({ direction: "in", text: "¿Dónde está mi pedido 1042?" });
  const found = message({
    text: "Tu pedido `1042` está _en camino_ y llega el ~martes~ *miércoles*. 📦",
    status: "delivered",
  });
  const photo = message({ direction: "in", text: null, type: "image" });
  const sorry = message({
    text: "Perdona, ahora mismo no puedo responder bien. Escribe *persona* y alguien del equipo te atenderá.",
    status: "sent",
  });
  const withheld = message({ text: "Claro, dime.", status: "withheld" });
  return state({
    messages: [asked, answered, order, found, photo, sorry, withheld],
    turns: [
      turn({ inboundIds: [asked.id], outboundIds: [answered.id] }),
      turn({ inboundIds: [order.id], outboundIds: [found.id], intent: "order_status", waitMs: 820 }),
      turn({
        inboundIds: [photo.id],
        outboundIds: [sorry.id],
        intent: "general",
        confidence: null,
        decidedBy: "default",
        rung: "apology",
        waitMs: 4380,
        ackMs: 131,
        rounds: 2,
        errors: ["classify:timeout", "full:http_500"],
        stagesMs: {
          verify: 1,
          parse: 1,
          admit: 101,
          receive: 28,
          claim: 6,
          classify: 506,
          respond: 3310,
          draft: 9,
          send: 240,
          finish: 7,
        },
        toolCalls: [],
      }),
    ],
  });
}

/** The same conversation after a handoff. */
export function handedOverState(): SimState {
  const base = busyState();
  return {
    ...base,
    messages: [
      ...base.messages,
      message({ direction: "in", text: "quiero hablar con una persona" }),
      message({ text: "Claro. Una persona del equipo te escribirá por aquí. 🙌" }),
      message({ author: "operator", text: "Hola Ana, soy Lucía. Ya veo tu pedido.", status: "delivered" }),
      message({ author: "system", text: "Vas muy rápido: sigue en 20 segundos.", status: "sent" }),
    ],
    conversation: {
      status: "human",
      handoff: {
        reason: "customer_request",
        summary: "La cliente pide hablar con una persona por el retraso de su pedido 1042.",
        since: NOON + 90_000,
      },
    },
  };
}
