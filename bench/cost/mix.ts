import type { Language } from "../../lib/types/company.ts";

/** One customer's language and messages, each sent after the reply to the one before. */
export type Conversation = readonly [Language, ...string[]];

/**
 * 54 chats with a shop, 100 messages, three in four of them in conversations of two to four, so that the history is paid for. Of ten
 * messages about four ask about products, prices and shipping, two about an order, three greet or thank, and one is the
 * rest: complaints, calls for a person, what a shop does not do. Spanish leads, since the company is Peruvian. Somewhat over a
 * quarter is said in the very words of an intent's example, as in tests/model/heldout.json. No log of real customers stands behind
 * these shares: put in chats of your own to see your own cost.
 */
export const MIX: readonly Conversation[] = [
  ["es", "cuanto cuesta el envio a arequipa?"],
  ["es", "buenas, tienen ponchos para niños y en qué tallas?"],
  ["es", "¿dónde está mi pedido 1042?"],
  ["es", "hola, quisiera saber por mi pedido 1042"],
  ["es", "me mandaron otra talla, muy mal servicio"],
  ["es", "quiero hablar con una persona"],
  ["es", "me comunicas con un asesor por favor"],
  ["es", "hacen delivery a Trujillo?"],
  ["es", "a que hora cierran hoy"],
  ["es", "aceptan yape o plin?"],
  ["es", "tienen tienda en Lima?"],
  ["es", "¿ya despacharon mi pedido?"],
  ["es", "cuéntame una historia de terror"],
  ["es", "el poncho llegó manchado"],
  ["es", "hola", "cuanto vale un poncho de alpaca"],
  ["es", "buenas tardes", "quería saber si hacen envíos a Chile y cuánto cuesta"],
  ["es", "puedo cambiar la chompa si no me queda?", "ok gracias"],
  ["es", "¿dónde están ubicados?", "y abren los domingos?"],
  ["es", "mi compra aun no llega", "es el 1042, lo pedí hace como una semana"],
  ["es", "precio del cafe", "viene molido o en grano?"],
  ["es", "necesito ayuda", "qué tallas hay? es para mi esposo"],
  ["es", "mis pedidos", "el 1051 cuándo llega?"],
  ["es", "hola buenas", "tienen chalinas rojas?", "gracias"],
  ["es", "hola, hacen envíos a provincia?", "y cuánto demora a Piura", "perfecto, gracias"],
  ["es", "Buenos dias Tambo", "quiero saber el estado de mi pedido", "es el 1042"],
  ["es", "venden al por mayor?", "serían unas 40 chompas para mi empresa", "quiero hablar con un vendedor"],
  ["es", "hola!!", "la manta es de pura alpaca?", "y cómo la lavo?"],
  ["es", "venden gift cards?", "de qué montos", "muchas gracias"],
  ["es", "¿puedo pagar con tarjeta?", "y contra entrega?", "listo gracias"],
  [
    "es",
    "hola qué tal",
    "busco un regalo para mi mamá, algo abrigador",
    "cuánto cuesta la chalina",
    "muchisimas gracias",
  ],
  ["es", "buenas noches", "sigo esperando mi paquete", "1042", "ok gracias"],
  ["pt", "quanto custa o frete para o Brasil?"],
  ["pt", "cadê o pedido 1077"],
  ["pt", "falar com atendente"],
  ["pt", "dá pra parcelar?"],
  ["pt", "fazem preço de atacado?"],
  ["pt", "o produto veio com defeito"],
  ["pt", "qual é a capital do Japão?"],
  ["pt", "oi, tudo bem?", "vocês têm suéter tamanho G?"],
  ["pt", "quanto tempo demora a entrega em Curitiba", "obrigado!"],
  ["pt", "ainda não recebi meu pedido", "o número é 1077"],
  ["pt", "olá, boa tarde", "queria saber o preço da manta", "valeu!"],
  ["pt", "bom dia", "se não servir dá pra trocar?", "e quem paga o frete da devolução?"],
  ["pt", "oi", "o café vem em grãos?", "e quanto custa o pacote de 1 kg", "muito obrigada"],
  ["en", "How much is shipping to Canada?"],
  ["en", "where's my order 1090"],
  ["en", "you charged my card twice"],
  ["en", "what are your opening hours"],
  ["en", "can I talk to someone from the team?"],
  ["en", "hi", "do you have ponchos in black?"],
  ["en", "is the sweater machine washable", "thanks a lot!"],
  ["en", "Has my package been sent?", "order 1090"],
  ["en", "hello!", "what's your return policy?", "great, thank you"],
  [
    "en",
    "Hi there",
    "I'm looking for a blanket as a wedding gift",
    "how much would that be",
    "do you ship to Germany? thanks",
  ],
];

/** The demo company's customer of each language; customers of the mix have the same orders. */
export const DEMO_CUSTOMERS: Record<Language, string> = {
  es: "51987654321",
  pt: "5511987654321",
  en: "15551234567",
};

/** A unique phone for the customer at this place of the mix, from their country. */
export function phoneOf([language]: Conversation, index: number): string {
  return `${DEMO_CUSTOMERS[language].slice(0, -3)}${String(index).padStart(3, "0")}`;
}
