/** What a customer hears about an act that they confirm (docs/effects.md). */
import type { Language } from "../types/company.ts";
import { foldText } from "./fold.ts";

/** Fixed texts about an act. */
export type ActWord =
  /** After "No". */
  | "cancelled"
  /** To an old button, when a newer question has taken its place. */
  | "superseded"
  /** The company has changed the tool since the question. */
  | "changed"
  /** An operator refused it. */
  | "refused"
  /** The tap came too late: before the question is asked anew, and when it is not. */
  | "expired"
  | "expiredTellUs"
  /** To a button of another conversation, or an old one. */
  | "notYours"
  /** To another tap when it was done before; stands before what was said then. */
  | "alreadyDone"
  /** Done, where the company has no words of its own. */
  | "done"
  | "failed"
  | "unknown"
  | "awaitingApproval"
  /** Above a question that is asked again. */
  | "askedAgain";

const WORDS: Record<ActWord, Record<Language, string>> = {
  cancelled: {
    es: "De acuerdo, no hice nada.",
    en: "All right, nothing was done.",
    pt: "Tudo bem, não fiz nada.",
  },
  superseded: {
    es: "Esa pregunta ya no vale, porque después te hice otra. No hice nada con este botón.",
    en: "That question no longer counts, because I asked you another one after it. This button did nothing.",
    pt: "Essa pergunta não vale mais, porque depois fiz outra. Este botão não fez nada.",
  },
  changed: {
    es: "Eso cambió mientras tanto, así que no hice nada. Dime de nuevo qué necesitas y te lo pregunto otra vez.",
    en: "That has changed in the meantime, so nothing was done. Tell me again what you need and I'll ask you anew.",
    pt: "Isso mudou nesse meio-tempo, então não fiz nada. Diga de novo o que precisa e eu pergunto outra vez.",
  },
  refused: {
    es: "El equipo lo revisó y no se puede hacer. No se hizo nada. Si quieres hablar con una persona, escribe **persona**.",
    en: "Our team looked at it and it can't be done. Nothing was done. To talk to a person, write **person**.",
    pt: "A equipe analisou e não é possível. Nada foi feito. Se quiser falar com uma pessoa, escreva **pessoa**.",
  },
  expired: {
    es: "Esa pregunta ya venció y no hice nada. Te la hago de nuevo:",
    en: "That question has expired and nothing was done. I'll ask you again:",
    pt: "Essa pergunta expirou e nada foi feito. Vou perguntar de novo:",
  },
  expiredTellUs: {
    es: "Esa pregunta ya venció y no hice nada. Si todavía lo quieres, dímelo.",
    en: "That question has expired and nothing was done. If you still want it, tell me.",
    pt: "Essa pergunta expirou e nada foi feito. Se ainda quiser, me diga.",
  },
  notYours: {
    es: "Ese botón ya no vale, así que no hice nada. Dime qué necesitas.",
    en: "That button no longer counts, so nothing was done. Tell me what you need.",
    pt: "Esse botão não vale mais, então nada foi feito. Diga o que você precisa.",
  },
  alreadyDone: {
    es: "Eso ya está hecho; no lo hice otra vez.",
    en: "That is done already; I didn't do it again.",
    pt: "Isso já está feito; não fiz de novo.",
  },
  done: { es: "Listo, ya está hecho.", en: "Done.", pt: "Pronto, está feito." },
  failed: {
    es: "No se pudo hacer: el sistema no lo aceptó. No se hizo nada. ¿Lo intento otra vez o prefieres que te atienda una persona?",
    en: "It couldn't be done: the system didn't accept it. Nothing was done. Shall I try again, or would you rather have a person?",
    pt: "Não foi possível: o sistema não aceitou. Nada foi feito. Tento de novo ou prefere falar com uma pessoa?",
  },
  unknown: {
    es: "No recibí respuesta del sistema, así que no sé si se hizo. Una persona del equipo ya lo está revisando y te escribirá por este chat; no hace falta que lo pidas otra vez.",
    en: "The system gave me no answer, so I don't know whether it was done. Someone on our team is looking into it and will write to you here; no need to ask again.",
    pt: "Não recebi resposta do sistema, então não sei se foi feito. Uma pessoa da equipe já está verificando e vai escrever por aqui; não precisa pedir de novo.",
  },
  awaitingApproval: {
    es: "Gracias. Una persona del equipo tiene que aprobarlo; te aviso por este chat en cuanto haya respuesta.",
    en: "Thanks. Someone on our team has to approve it; I'll tell you here as soon as there's an answer.",
    pt: "Obrigado. Uma pessoa da equipe precisa aprovar; aviso por aqui assim que houver resposta.",
  },
  askedAgain: { es: "Te lo pregunto de nuevo:", en: "I'll ask you again:", pt: "Vou perguntar de novo:" },
};

/** A fixed text about an act. */
export const actWords = (word: ActWord, language: Language): string => WORDS[word][language];

/** Titles of the buttons under a question, and under the news that it failed. */
export interface ActTitles {
  yes: string;
  no: string;
  again: string;
  person: string;
}

const TITLES: Record<Language, ActTitles> = {
  es: { yes: "Confirmar", no: "No", again: "Intentar de nuevo", person: "Una persona" },
  en: { yes: "Confirm", no: "No", again: "Try again", person: "A person" },
  pt: { yes: "Confirmar", no: "Não", again: "Tentar de novo", person: "Uma pessoa" },
};

export const actTitles = (language: Language): ActTitles => TITLES[language];

const BOOLEANS: Record<Language, readonly [string, string]> = {
  es: ["sí", "no"],
  en: ["yes", "no"],
  pt: ["sim", "não"],
};

/** A truth value in words. */
export const booleanWord = (value: boolean, language: Language): string => BOOLEANS[language][value ? 0 : 1];

const DATES: Record<Language, Intl.DateTimeFormat> = {
  es: dateFormat("es"),
  en: dateFormat("en"),
  pt: dateFormat("pt"),
};

function dateFormat(language: Language): Intl.DateTimeFormat {
  const whole = { weekday: "long", day: "numeric", month: "long", year: "numeric" } as const;
  return new Intl.DateTimeFormat(language, { ...whole, timeZone: "UTC" });
}

/** A calendar date such as 2026-12-01 as people say it, with its weekday, by which they notice a wrong one; null for all other texts. */
export function dateWords(text: string, language: Language): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const date = new Date(`${text}T00:00:00Z`);
  // Of a day that there is not, such as 2026-02-30, engines make another one.
  if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(text)) return null;
  return DATES[language].format(date);
}

const YES = new Set([
  ...["si", "sim", "yes", "confirmo", "confirmar", "confirm", "si confirmo", "sim confirmo", "yes confirm"],
  ...["si por favor", "sim por favor", "yes please", "si confirmar", "sim confirmar"],
]);
const NO = new Set(["no", "nao", "no gracias", "nao obrigado", "nao obrigada", "no thanks", "no thank you"]);
const LONGEST = 40;

/** A typed answer that says yes or no and nothing else; null for all other texts. */
export function plainAnswer(text: string): "yes" | "no" | null {
  if (text.length > LONGEST) return null;
  const words = foldText(text)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  if (YES.has(words)) return "yes";
  return NO.has(words) ? "no" : null;
}
