import type { Language } from "../../../../lib/types/company.ts";

/** Example messages by the customer's language; each demo customer owns one of the orders. */
const SUGGESTIONS: Record<Language, readonly string[]> = {
  es: [
    "¡Hola! 👋",
    "¿Cuánto cuesta el envío?",
    "¿Dónde está mi pedido 1042?",
    "¿Dónde está mi pedido 1077?",
    "¿Puedo devolver un producto?",
    "quiero hablar con una persona",
  ],
  en: [
    "Hi there! 👋",
    "How much is shipping?",
    "Where is my order 1090?",
    "Where is my order 1042?",
    "Can I return a product?",
    "I want to talk to a person",
  ],
  pt: [
    "Oi! 👋",
    "Quanto custa o frete?",
    "Onde está meu pedido 1077?",
    "Onde está meu pedido 1042?",
    "Posso devolver um produto?",
    "quero falar com uma pessoa",
  ],
};

/** The shop's; or a greeting, what another company's customers ask, and a request for a person. */
export function suggestionsFor(language: Language, asks: readonly string[]): readonly string[] {
  const shop = SUGGESTIONS[language];
  return asks.length === 0 ? shop : [...shop.slice(0, 1), ...asks, ...shop.slice(-1)];
}
