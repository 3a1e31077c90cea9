import { bot, person, type Story, says } from "./script.ts";

/** Conversations in English and Portuguese. */
export const OTHERS: readonly Story[] = [
  {
    name: "Emily Carter",
    phone: "15550100201",
    language: "en",
    agoMin: 9,
    tags: ["customs"],
    lines: [
      says("Hi! My order 1071 has been in customs in Miami for a week. Is something missing?"),
      bot(
        "order_status",
        "Hi Emily! Order 1071 is with DHL Express and is waiting for customs in Miami since last Thursday. DHL has asked for nothing so far.",
        { order: "1071" },
      ),
      says("They just emailed me about a tax id? I don't know what to answer. Can a human help?", 3),
      bot("human_handoff", "Of course. I've passed this to a person on our team; they'll reply right here."),
    ],
    handoff: {
      reason: "customer_request",
      summary:
        "Order 1071 is held in customs in Miami; DHL asked the customer for a tax id by e-mail and she does not know what to answer.",
    },
  },
  {
    name: "Tom Becker",
    phone: "15550100202",
    language: "en",
    agoMin: 52,
    lines: [
      says("Is the Wayra sweater itchy? My skin is sensitive"),
      bot(
        "product_question",
        "It's baby alpaca (under 22 microns), one of the softest wools there is, and has no lanolin. Most people with sensitive skin wear it happily.",
        { passage: "care" },
      ),
      says("and how do I wash it", 1),
      bot(
        "product_question",
        "By hand in cold water with a little mild soap, then flat to dry. Never wring it.",
        { passage: "care" },
      ),
      says("great, ordering now!", 2),
      bot("thanks_goodbye", "Wonderful, Tom! Write any time."),
    ],
  },
  {
    name: "Grace O'Neill",
    phone: "15550100203",
    language: "en",
    agoMin: 1_700,
    closed: true,
    rating: { score: 5, why: "quick and friendly" },
    lines: [
      says("Do you ship to Ireland?"),
      bot(
        "product_question",
        "We do! Shipping to Ireland takes 6 to 9 days by DHL Express and costs US$ 28.",
        { passage: "shipping" },
      ),
      says("lovely thanks", 1),
      bot("thanks_goodbye", "You're welcome, Grace!"),
    ],
  },
  {
    name: "Sam Whitfield",
    phone: "15550100204",
    language: "en",
    agoMin: 2_700,
    tags: ["failed"],
    lines: [
      says("Can I pay with Apple Pay?"),
      bot("product_question", "Not yet, Sam. We take Visa, Mastercard, American Express and PayPal.", {
        passage: "payment",
        failed: 131026,
      }),
    ],
  },
  {
    name: "Beatriz Almeida",
    phone: "5511900100301",
    language: "pt",
    agoMin: 21,
    lines: [
      says("Oi! O poncho Ausangate tem em tamanho único?"),
      bot(
        "product_question",
        "Oi, Beatriz! Sim, o Poncho Ausangate é tamanho único e veste do P ao GG. Custa S/ 380,00, cerca de R$ 560.",
        { passage: "ponchos" },
      ),
      says("e demora quanto pra chegar em São Paulo?", 2),
      bot(
        "product_question",
        "De 5 a 8 dias úteis pela DHL Express. Você acompanha tudo pelo link que mandamos.",
        { passage: "envios" },
      ),
    ],
  },
  {
    name: "Rafael Souza",
    phone: "5511900100302",
    language: "pt",
    agoMin: 16,
    tags: ["trocas"],
    lines: [
      says("Recebi a cor errada, pedi azul e veio cinza"),
      bot("complaint", "Sinto muito, Rafael! Vou passar o seu caso para uma pessoa da equipe agora."),
      person(
        "Lucía Quispe",
        "Olá, Rafael! Já separei a azul para você. Posso enviar hoje; a cinza você devolve quando a azul chegar, sem custo.",
        6,
      ),
      says("perfeito, obrigado!", 2),
    ],
    handoff: {
      reason: "complaint",
      summary: "Pediu a cor azul e recebeu cinza. Quer a troca.",
      taken: "Lucía Quispe",
    },
  },
  {
    name: "Camila Duarte",
    phone: "5511900100303",
    language: "pt",
    agoMin: 4_300,
    closed: true,
    rating: { score: 3, why: "o prazo podia ser menor" },
    lines: [
      says("meu pedido 1080 ainda não saiu?"),
      bot(
        "order_status",
        "Oi, Camila! O pedido 1080 está em preparação e sai em 2 dias. Assim que sair, você recebe o rastreio.",
        { order: "1080" },
      ),
      says("tá bom", 1),
      bot("thanks_goodbye", "Qualquer coisa, é só chamar!"),
    ],
  },
];
