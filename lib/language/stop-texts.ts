import type { Language } from "../types/company.ts";

const WAY_BACK: Record<Language, string> = {
  es: "Nos pediste no escribirte más por aquí. Si quieres que te respondamos, escribe **ALTA**.",
  en: "You asked us not to message you here. If you'd like an answer, reply **START**.",
  pt: "Você pediu para não escrevermos mais por aqui. Se quiser uma resposta, escreva **REATIVAR**.",
};

const ASK_TO_STOP: Record<Language, string> = {
  es: "¿Quieres que dejemos de escribirte por aquí?",
  en: "Do you want us to stop messaging you here?",
  pt: "Quer que a gente pare de escrever para você por aqui?",
};

/** Labels of the two buttons under it, at most 20 characters each. */
const STOP_OR_KEEP: Record<Language, readonly [stop: string, keep: string]> = {
  es: ["No más mensajes", "Seguir recibiendo"],
  en: ["No more messages", "Keep writing"],
  pt: ["Não quero mais", "Continuar"],
};

const KEPT: Record<Language, string> = {
  es: "Perfecto, seguimos por aquí. ¿En qué te ayudo?",
  en: "Great, we'll keep writing here. How can I help?",
  pt: "Perfeito, continuamos por aqui. Como posso ajudar?",
};

/** Reply, once after an opt-out, to a customer who asks something: the word that undoes it. */
export function wayBack(language: Language): string {
  return WAY_BACK[language];
}

/** Question when a message may be a stop request. */
export function askToStop(language: Language): string {
  return ASK_TO_STOP[language];
}

/** True when a message of ours is that question, in any language. */
export function asksToStop(ours: string): boolean {
  return Object.values(ASK_TO_STOP).some((question) => ours.includes(question));
}

/** Labels of the buttons under that question. */
export function stopOrKeep(language: Language): readonly [stop: string, keep: string] {
  return STOP_OR_KEEP[language];
}

/** Reply when the customer wants to keep our messages. */
export function kept(language: Language): string {
  return KEPT[language];
}
