import { bot, type Story, says } from "./script.ts";

/** Conversations in Spanish that ended yesterday or before. */
export const OLDER_SPANISH: readonly Story[] = [
  {
    name: "Andrea L.",
    phone: "51900100109",
    language: "es",
    agoMin: 1_480,
    optedOut: true,
    lines: [
      says("hola, info del poncho ausangate"),
      bot(
        "product_question",
        "¡Hola, Andrea! El Poncho Ausangate es de alpaca bebé, tejido a mano, en 5 colores: S/ 380.00.",
        { passage: "ponchos" },
      ),
      says("gracias, por ahora no me escriban más", 30),
      bot("fixed", "De acuerdo: no te escribiremos más. Si cambias de idea, escribe ALTA."),
    ],
  },
  {
    name: "Luis Alberto",
    phone: "51900100110",
    language: "es",
    agoMin: 1_610,
    closed: true,
    rating: { score: 4 },
    lines: [
      says("¿están abiertos hoy domingo?"),
      bot("product_question", "Sí, los domingos atendemos de 11:00 a 17:00, en Cusco y en Lima.", {
        passage: "tiendas",
      }),
      { from: "customer", text: "", place: true, pauseMin: 2 },
      bot(
        "product_question",
        "Desde ahí, la tienda más cercana es la de la calle Triunfo 392, a cinco minutos a pie.",
        { passage: "tiendas" },
      ),
    ],
  },
  {
    name: "Valeria Núñez",
    phone: "51900100111",
    language: "es",
    agoMin: 2_900,
    closed: true,
    rating: { score: 5 },
    lines: [
      says("Quiero regalar una chalina y que llegue envuelta, se puede?"),
      bot(
        "product_question",
        "¡Claro, Valeria! La envolvemos en papel de algodón con una tarjeta a mano, sin costo. Escríbelo en las notas al comprar.",
        { passage: "regalos" },
      ),
      says("me encanta 😍 gracias", 1),
      bot("thanks_goodbye", "¡Gracias a ti! Va a ser un lindo regalo 🎁"),
    ],
  },
];
