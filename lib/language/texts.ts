import type { Language } from "../types/company.ts";

const APOLOGY: Record<Language, string> = {
  es: "Disculpa, ahora mismo no puedo responderte. Guardamos tu mensaje. Si prefieres que te atienda una persona, escribe **persona**.",
  en: "Sorry, I can't answer right now. We've saved your message. To talk to a person, reply **person**.",
  pt: "Desculpe, não consigo responder agora. Sua mensagem está salva. Se preferir falar com uma pessoa, escreva **pessoa**.",
};

const FAILED_AGAIN: Record<Language, string> = {
  es: "Disculpa, todavía no puedo responderte. Ya avisé a una persona del equipo: te contestará por este mismo chat.",
  en: "Sorry, I still can't answer. I've asked someone on our team to take over. They'll reply in this chat.",
  pt: "Desculpe, ainda não consigo responder. Já avisei uma pessoa da equipe: ela vai responder neste mesmo chat.",
};

const HANDOFF_OPENED: Record<Language, string> = {
  es: "Listo, una persona del equipo te responderá por este mismo chat. Puedes seguir escribiendo: leerá todos tus mensajes.",
  en: "Done. Someone from our team will reply in this chat. You can keep writing; they'll read all your messages.",
  pt: "Pronto, uma pessoa da equipe vai responder neste mesmo chat. Pode continuar escrevendo: ela vai ler todas as suas mensagens.",
};

const CLOSED_TODAY: Record<Language, string> = {
  es: "Por hoy ya no puedo responderte de forma automática. Una persona del equipo te contestará por este mismo chat. Puedes seguir escribiendo.",
  en: "I can't reply automatically any more today. Someone from our team will reply in this chat. You can keep writing here.",
  pt: "Por hoje não consigo mais responder automaticamente. Uma pessoa da equipe vai responder neste mesmo chat. Pode continuar escrevendo.",
};

const REPEATING: Record<Language, string> = {
  es: "Recibí casi el mismo mensaje varias veces seguidas y avisé a una persona del equipo. Si necesitas algo más, escríbelo con otras palabras.",
  en: "I've received much the same message several times in a row and told someone on our team. If you need anything else, write it in other words.",
  pt: "Recebi quase a mesma mensagem várias vezes seguidas e avisei uma pessoa da equipe. Se precisar de algo mais, escreva com outras palavras.",
};

const LIMIT_NOTICE: Record<Language, (wait: string) => string> = {
  es: (wait) =>
    `Recibí muchos mensajes seguidos y no pude leer los últimos. Por favor, escríbeme de nuevo en ${wait}.`,
  en: (wait) =>
    `You've sent many messages in a row and I couldn't read the last ones. Please write again in ${wait}.`,
  pt: (wait) =>
    `Recebi muitas mensagens seguidas e não consegui ler as últimas. Por favor, escreva de novo em ${wait}.`,
};

const OPTED_OUT: Record<Language, string> = {
  es: "Listo, no te escribiremos más por aquí. Si cambias de opinión, responde **ALTA**.",
  en: "You're unsubscribed. We won't message you here again. If you change your mind, reply **START**.",
  pt: "Pronto, não vamos mais escrever para você por aqui. Se mudar de ideia, responda **REATIVAR**.",
};

const OPTED_IN: Record<Language, string> = {
  es: "¡Hola de nuevo! Ya puedes volver a escribirnos por aquí. ¿En qué te ayudo?",
  en: "Welcome back! You'll get our messages here again. How can I help?",
  pt: "Que bom ter você de volta! Já pode escrever de novo por aqui. Como posso ajudar?",
};

const HOW_TO_SHARE_LOCATION: Record<Language, string> = {
  es: "Puedes enviarla con 📎 → Ubicación, o escribir la dirección.",
  en: "You can send it with 📎 → Location, or write the address.",
  pt: "Você pode enviar com 📎 → Localização, ou escrever o endereço.",
};

const HOW_TO_SHARE_PHONE: Record<Language, string> = {
  es: "Puedes escribir tu número de teléfono aquí mismo.",
  en: "You can write your phone number right here.",
  pt: "Você pode escrever seu número de telefone aqui mesmo.",
};

const UNITS: Record<Language, { second: [string, string]; minute: [string, string] }> = {
  es: { second: ["segundo", "segundos"], minute: ["minuto", "minutos"] },
  en: { second: ["second", "seconds"], minute: ["minute", "minutes"] },
  pt: { second: ["segundo", "segundos"], minute: ["minuto", "minutos"] },
};
const SPOKEN_IN_SECONDS_BELOW = 100;

/** Reply when every model failed: an apology and the word that calls an operator (see `asksForPerson`), as Markdown. */
export function apology(language: Language): string {
  return APOLOGY[language];
}

/** Reply after a second failure in a row, with a handoff. */
export function failedAgain(language: Language): string {
  return FAILED_AGAIN[language];
}

/** Notice to a customer over the rate limit, once per window, with the time to wait. */
export function limitNotice(language: Language, seconds: number): string {
  return LIMIT_NOTICE[language](spokenWait(language, seconds));
}

/** Reply with a handoff that no model words. */
export function handoffOpened(language: Language): string {
  return HANDOFF_OPENED[language];
}

/** Reply when today's budget is used up, with a handoff. */
export function closedToday(language: Language): string {
  return CLOSED_TODAY[language];
}

/** Reply to identical messages in a row, with a handoff. */
export function repeating(language: Language): string {
  return REPEATING[language];
}

/** Last message after an opt-out, with the word that undoes it (see `optChoice`). */
export function optedOut(language: Language): string {
  return OPTED_OUT[language];
}

/** Reply to an opt-in. */
export function optedIn(language: Language): string {
  return OPTED_IN[language];
}

/** Sentence in place of the button that shares a location. */
export function howToShareLocation(language: Language): string {
  return HOW_TO_SHARE_LOCATION[language];
}

/** Sentence in place of the button that shares the customer's phone number. */
export function howToSharePhone(language: Language): string {
  return HOW_TO_SHARE_PHONE[language];
}

/** Time to wait: whole seconds below 100, else minutes; rounded up, so that the limit has passed by then. */
function spokenWait(language: Language, seconds: number): string {
  const whole = Math.max(1, Math.ceil(seconds));
  const inSeconds = whole < SPOKEN_IN_SECONDS_BELOW;
  const amount = inSeconds ? whole : Math.ceil(whole / 60);
  const [one, many] = UNITS[language][inSeconds ? "second" : "minute"];
  return `${amount} ${amount === 1 ? one : many}`;
}
