import type { Language } from "../types/company.ts";

const APOLOGY: Record<Language, string> = {
  es: "Perdona, ahora mismo no puedo responderte. Tu mensaje está guardado. Si quieres que te atienda una persona, escribe **persona**.",
  en: "Sorry, I can't answer you right now. Your message is saved. If you would like a person to help you, write **person**.",
  pt: "Desculpe, não consigo responder agora. Sua mensagem está guardada. Se quiser falar com uma pessoa, escreva **pessoa**.",
};

const FAILED_AGAIN: Record<Language, string> = {
  es: "Perdona, sigo sin poder responderte. Ya avisé a una persona del equipo: te contestará por este mismo chat.",
  en: "Sorry, I still can't answer you. I have asked a person from the team to take over: they will reply in this chat.",
  pt: "Desculpe, continuo sem conseguir responder. Já avisei uma pessoa da equipe: ela vai responder neste mesmo chat.",
};

const HANDOFF_OPENED: Record<Language, string> = {
  es: "Listo, una persona del equipo te responderá por este mismo chat. Puedes seguir escribiendo aquí: lo leerá todo.",
  en: "Done, a person from the team will reply in this chat. You can keep writing here: they will read it all.",
  pt: "Pronto, uma pessoa da equipe vai responder neste mesmo chat. Pode continuar escrevendo aqui: ela vai ler tudo.",
};

const CLOSED_TODAY: Record<Language, string> = {
  es: "Por hoy ya no puedo responderte automáticamente. Una persona del equipo te contestará por este mismo chat: puedes seguir escribiendo aquí.",
  en: "I can't answer automatically any more today. A person from the team will reply in this chat: you can keep writing here.",
  pt: "Por hoje não consigo mais responder automaticamente. Uma pessoa da equipe vai responder neste mesmo chat: pode continuar escrevendo aqui.",
};

const REPEATING: Record<Language, string> = {
  es: "Recibí lo mismo varias veces seguidas, así que dejo esta conversación a una persona del equipo: te contestará por este mismo chat.",
  en: "I have received the same thing several times in a row, so I am leaving this conversation to a person from the team: they will reply in this chat.",
  pt: "Recebi a mesma coisa várias vezes seguidas, então deixo esta conversa com uma pessoa da equipe: ela vai responder neste mesmo chat.",
};

const LIMIT_NOTICE: Record<Language, (wait: string) => string> = {
  es: (wait) =>
    `Recibí muchos mensajes seguidos y no pude leer los últimos. Escríbeme de nuevo en ${wait}, por favor.`,
  en: (wait) =>
    `I got many messages in a row and could not read the last ones. Please write again in ${wait}.`,
  pt: (wait) =>
    `Recebi muitas mensagens seguidas e não consegui ler as últimas. Escreva de novo em ${wait}, por favor.`,
};

const OPTED_OUT: Record<Language, string> = {
  es: "Listo: no te escribiremos más por aquí. Si cambias de idea, escribe **ALTA**.",
  en: "Done: we will not write to you here any more. If you change your mind, write **START**.",
  pt: "Pronto: não vamos mais escrever para você por aqui. Se mudar de ideia, escreva **REATIVAR**.",
};

const OPTED_IN: Record<Language, string> = {
  es: "¡Hola de nuevo! Ya puedes volver a escribirnos: te respondemos por aquí. ¿En qué te ayudo?",
  en: "Welcome back! You can write to us again and we will reply here. How can I help?",
  pt: "Que bom ter você de volta! Pode escrever de novo: respondemos por aqui. Como posso ajudar?",
};

const UNITS: Record<Language, { second: [string, string]; minute: [string, string] }> = {
  es: { second: ["segundo", "segundos"], minute: ["minuto", "minutos"] },
  en: { second: ["second", "seconds"], minute: ["minute", "minutes"] },
  pt: { second: ["segundo", "segundos"], minute: ["minuto", "minutos"] },
};
const SPOKEN_IN_SECONDS_BELOW = 100;

/** Said when nothing could answer: an apology and the word that reaches a person (see `asksForPerson`), as Markdown. */
export function apology(language: Language): string {
  return APOLOGY[language];
}

/** Said when nothing could answer for a second time and the conversation was given to a person. */
export function failedAgain(language: Language): string {
  return FAILED_AGAIN[language];
}

/** Said once per window to somebody who sends too much: when they may go on. */
export function limitNotice(language: Language, seconds: number): string {
  return LIMIT_NOTICE[language](spokenWait(language, seconds));
}

/** Said when a handoff was opened and no model words it. */
export function handoffOpened(language: Language): string {
  return HANDOFF_OPENED[language];
}

/** Said when a budget of the day is used up and the conversation was given to a person. */
export function closedToday(language: Language): string {
  return CLOSED_TODAY[language];
}

/** Said when the same words came again and again and the conversation was given to a person. */
export function repeating(language: Language): string {
  return REPEATING[language];
}

/** The last thing said to somebody who asked for no more messages, with the word that takes it back (see `optChoice`). */
export function optedOut(language: Language): string {
  return OPTED_OUT[language];
}

/** Said to somebody who wants messages again. */
export function optedIn(language: Language): string {
  return OPTED_IN[language];
}

/** Whole seconds below 100, else minutes, both rounded up: who waits that long is not refused again. */
function spokenWait(language: Language, seconds: number): string {
  const whole = Math.max(1, Math.ceil(seconds));
  const inSeconds = whole < SPOKEN_IN_SECONDS_BELOW;
  const amount = inSeconds ? whole : Math.ceil(whole / 60);
  const [one, many] = UNITS[language][inSeconds ? "second" : "minute"];
  return `${amount} ${amount === 1 ? one : many}`;
}
