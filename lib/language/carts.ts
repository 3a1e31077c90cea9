/** What a customer hears about a cart that cannot be handed over to the company's system (docs/effects.md). */
import type { Language } from "../types/company.ts";

/**
 * `empty`: without products; `quantity`: a quantity that is none, or absurd; `currencies`: more than one; `too_large`: too many lines or too
 * long a note; `unreadable`: a product without id, price or currency; `several`: more than one cart at once; `not_askable`: the company's own
 * question cannot be asked.
 */
export type CartProblem =
  | "empty"
  | "quantity"
  | "currencies"
  | "too_large"
  | "unreadable"
  | "several"
  | "not_askable";

const PERSON: Record<Language, string> = {
  es: "No se perdió nada: una persona del equipo ya tiene tu carrito y te responderá por este chat.",
  en: "Nothing is lost: someone on our team has your cart now and will reply in this chat.",
  pt: "Nada se perdeu: uma pessoa da equipe já está com o seu carrinho e vai responder neste chat.",
};

const UNREADABLE: Record<Language, string> = {
  es: "Recibí tu carrito, pero no puedo procesarlo de forma automática.",
  en: "I've received your cart, but I can't process it automatically.",
  pt: "Recebi seu carrinho, mas não consigo processá-lo automaticamente.",
};

const WORDS: Record<CartProblem, Record<Language, string>> = {
  empty: {
    es: "Tu carrito llegó vacío. Elige los productos en el catálogo y envíamelo de nuevo.",
    en: "Your cart arrived empty. Choose the products in the catalogue and send it to me again.",
    pt: "Seu carrinho chegou vazio. Escolha os produtos no catálogo e envie de novo.",
  },
  quantity: {
    es: "Recibí tu carrito, pero la cantidad de un producto es demasiado grande o no es válida.",
    en: "I've received your cart, but the quantity of a product is too large or isn't valid.",
    pt: "Recebi seu carrinho, mas a quantidade de um produto é grande demais ou não é válida.",
  },
  currencies: {
    es: "Recibí tu carrito, pero tiene precios en más de una moneda y no puedo sumarlos.",
    en: "I've received your cart, but it has prices in more than one currency, which I can't add up.",
    pt: "Recebi seu carrinho, mas ele tem preços em mais de uma moeda e não consigo somá-los.",
  },
  too_large: {
    es: "Recibí tu carrito, pero es demasiado grande para procesarlo de forma automática.",
    en: "I've received your cart, but it is too large to process automatically.",
    pt: "Recebi seu carrinho, mas ele é grande demais para processar automaticamente.",
  },
  unreadable: UNREADABLE,
  several: {
    es: "Recibí varios carritos a la vez y no sé cuál vale.",
    en: "I've received several carts at once and can't tell which one counts.",
    pt: "Recebi vários carrinhos de uma vez e não sei qual vale.",
  },
  not_askable: UNREADABLE,
};

/** What is said about a cart; all but an empty one are left to a person. */
export const cartWords = (problem: CartProblem, language: Language): string =>
  problem === "empty" ? WORDS.empty[language] : `${WORDS[problem][language]} ${PERSON[language]}`;
