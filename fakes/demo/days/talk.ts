import type { Language } from "../../../lib/types/company.ts";

/** A question and the bot's answer; `tool`: what was looked up, and what was found. */
export interface Exchange {
  intent: string;
  asks: string;
  answers: string;
  tool?: { source: "knowledge" | "orders"; query: string; finds: boolean };
}

const order = (asks: string, answers: string): Exchange => ({
  intent: "order_status",
  asks,
  answers,
  tool: { source: "orders", query: "all", finds: true },
});
const product = (asks: string, answers: string, query: string, finds = true): Exchange => ({
  intent: "product_question",
  asks,
  answers,
  tool: { source: "knowledge", query, finds },
});
const plain = (intent: string, asks: string, answers: string): Exchange => ({ intent, asks, answers });

/** Everyday exchanges by language; the last one of each is the request for a person. */
export const TALK: Readonly<Record<Language, readonly Exchange[]>> = {
  es: [
    order("¿Dónde está mi pedido?", "Tu pedido va en camino y llega en dos días con Olva Courier."),
    order("¿Ya salió mi compra?", "Sí, salió ayer del taller. Te llega esta semana."),
    product(
      "¿Hacen envíos a provincia?",
      "Sí, a todo el Perú: de dos a cinco días, gratis desde S/ 250.",
      "envíos",
    ),
    product("¿Cómo lavo una chompa de alpaca?", "A mano, con agua fría y sin torcerla.", "lavado de alpaca"),
    product(
      "¿Venden tarjetas de regalo?",
      "De eso no tengo información. ¿Te paso con una persona?",
      "tarjetas de regalo",
      false,
    ),
    product(
      "¿Dan clases de tejido?",
      "No encuentro nada sobre clases. ¿Te paso con el equipo?",
      "clases de tejido",
      false,
    ),
    plain("greeting", "Hola, buenas tardes", "¡Hola! ¿En qué te ayudo?"),
    plain("general", "¿Atienden los domingos?", "Sí, de 10 a 14 h en la tienda de la Plaza Regocijo."),
    plain("thanks_goodbye", "Muchas gracias", "¡A ti! Que tengas un lindo día."),
    plain(
      "complaint",
      "Llegó la talla equivocada",
      "Siento la confusión. Le paso tu caso a una persona del equipo.",
    ),
    plain(
      "human_handoff",
      "Quiero hablar con una persona",
      "Claro, te paso con el equipo: te escriben por aquí.",
    ),
  ],
  en: [
    order("Where is my order?", "It is on its way and arrives on Thursday."),
    order("Has my parcel left?", "Yes, it left our workshop yesterday."),
    product("Do you ship to the US?", "Yes, with DHL: five to eight days, USD 38.", "shipping abroad"),
    product("Do you make rugs?", "I find nothing about rugs. Shall I ask the team?", "rugs", false),
    plain("greeting", "Hi there", "Hello! How can I help?"),
    plain("thanks_goodbye", "Great, thanks", "You are welcome!"),
    plain("complaint", "One button is missing", "I am sorry. A colleague will look into it."),
    plain("human_handoff", "Can I talk to somebody?", "Of course, I am passing you to a person."),
  ],
  pt: [
    order("Cadê o meu pedido?", "Está a caminho e chega na sexta-feira."),
    product("Vocês entregam no Brasil?", "Sim, de seis a dez dias úteis.", "entrega internacional"),
    product(
      "Aceitam Pix?",
      "Não encontro nada sobre Pix. Quer falar com uma pessoa?",
      "pagamento com Pix",
      false,
    ),
    plain("greeting", "Oi, boa tarde", "Oi! Como posso ajudar?"),
    plain("thanks_goodbye", "Obrigada!", "Eu que agradeço!"),
    plain("human_handoff", "Quero falar com um atendente", "Claro, já passo você para a equipe."),
  ],
};

/** First names of the customers of the demonstration's days. */
export const NAMES =
  "Ana Beto Carla Dante Elsa Fabio Gina Hugo Inés Jaime Karla Luis Marta Nico Olga Pablo Quena Raúl Sara Tito".split(
    " ",
  );
