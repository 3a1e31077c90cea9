/** Questions that say nothing of the person who asks, and answers that name nobody. */
import type { Customer } from "../types/conversation.ts";
import { foldText } from "./fold.ts";

/** What is longer has a story in it, and nobody else will say it in the same words. */
const LONGEST = 120;
const MOST_WORDS = 16;
/** A size or a quantity; more may be an order, a phone, a house, a date. */
const MOST_DIGITS = 2;

/** Letters of our languages, digits and plain punctuation: no address, no link, no emoji that may mean something. */
const PLAIN = /^[a-zà-öø-ÿ0-9\s¿?¡!.,;:'’-]+$/i;

/** Words, without accents and apostrophes, of somebody who speaks of themselves or of what they bought. */
const OF_A_PERSON = `
  mi mis mio mia mios mias yo conmigo soy estoy tengo tenia tuve vivo llamo nombre nos nuestro nuestra nuestros nuestras
  compre compramos pedi pedimos pague pagamos recibi recibimos llega llego llegaron mandaron enviaron cobraron hice deposite
  transferi encargue reserve devolvi cambie pedido pedidos orden ordenes paquete paquetes cuenta factura boleta reclamo guia
  rastreo seguimiento reembolso esposo esposa hijo hija novio novia calle avenida av jr jiron lote dpto departamento piso
  my mine myself im ive am our ours we us bought ordered paid received arrived sent shipped charged order orders package
  packages parcel account invoice receipt refund tracking name named called live husband wife son daughter street avenue apartment
  meu minha meus minhas eu sou estou tenho tinha tive moro chamo comigo nosso nossa nossos nossas conosco comprei compramos
  pedimos paguei recebi recebemos chegou chega chegaram mandei mandou enviaram cobraram fiz depositei reservei devolvi troquei
  pedidos encomenda encomendas pacote pacotes conta nota reclamacao rastreio reembolso marido esposo filho filha rua numero cpf dni ruc`;

/** Words of a moment: the answer is another one tomorrow. */
const OF_A_MOMENT = `
  hoy ahora ahorita manana ayer anoche todavia aun ya actualmente proximo proxima abierto abierta abiertos abiertas cerrado
  cerrada cerrados cerradas
  today now tomorrow yesterday tonight currently still yet already this next closed
  hoje agora amanha ontem ainda ja atualmente aberto aberta abertos abertas fechado fechada fechados fechadas`;

/** First words of what goes on from something else. */
const OF_WHAT_WENT_BEFORE = "y e and pero but mas entonces so then ok si no yes sim nao tambien tambem also";

const setOf = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));
const personal = setOf(OF_A_PERSON);
const passing = setOf(OF_A_MOMENT);
const leaning = setOf(OF_WHAT_WENT_BEFORE);

/**
 * The words of a question that anybody could ask at any time, so that two who ask the same have the same words; null when it may be about a
 * person, a purchase or a moment, or goes on from something else. In doubt it is null.
 */
export function impersonalWords(said: string): string | null {
  const short = said.slice(0, LONGEST + 1).normalize("NFC");
  if (short.length > LONGEST || !PLAIN.test(short)) return null;
  const words = wordsOf(short);
  const [first] = words;
  if (first === undefined || words.length > MOST_WORDS || leaning.has(first)) return null;
  if (words.some((word) => personal.has(word) || passing.has(word))) return null;
  if (words.join("").replace(/\D/g, "").length > MOST_DIGITS) return null;
  const text = words.join(" ");
  // "What time do you open" is for any day.
  return /\b(are|is)\b.*\bopen\b/.test(text) ? null : text;
}

/** True when a text has a word of the customer's profile name, or the end of their phone. */
export function namesCustomer(text: string, { name, phone }: Pick<Customer, "name" | "phone">): boolean {
  const words = new Set(wordsOf(text));
  if (wordsOf((name ?? "").slice(0, LONGEST)).some((word) => word.length >= LEAST_NAME && words.has(word)))
    return true;
  return phone !== null && text.replace(/\D/g, "").includes(phone.slice(-LEAST_PHONE));
}

/** Shorter words of a name, such as "de", are everybody's. */
const LEAST_NAME = 3;
const LEAST_PHONE = 6;

const wordsOf = (text: string): string[] =>
  foldText(text)
    .replace(/['’]/g, "")
    .match(/[\p{L}\d]+/gu) ?? [];
