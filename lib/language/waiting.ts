/** What a customer hears who waits for a person. */
import type { Language } from "../types/company.ts";
import { foldText } from "./fold.ts";

const STILL_WAITING: Record<Language, string> = {
  es: "Seguimos buscando a una persona del equipo que te atienda; te responderá por este mismo chat. Mientras tanto puedo ayudarte yo: ¿seguimos?",
  en: "We're still looking for someone on our team; they'll reply in this chat. Meanwhile I can help. Shall we go on?",
  pt: "Ainda estamos procurando uma pessoa da equipe; ela vai responder neste mesmo chat. Enquanto isso, posso ajudar. Vamos continuar?",
};

const WHEN_BACK: Record<Language, (when: string) => string> = {
  es: (when) =>
    `Nuestro equipo atiende de nuevo ${when} y leerá tus mensajes. Mientras tanto puedo ayudarte yo: ¿seguimos?`,
  en: (when) => `Our team is back ${when} and will read your messages. Meanwhile I can help. Shall we go on?`,
  pt: (when) =>
    `Nossa equipe volta ${when} e vai ler suas mensagens. Enquanto isso, posso ajudar. Vamos continuar?`,
};

const CHOICES: Record<Language, { goOn: string; wait: string }> = {
  es: { goOn: "Sí, sigamos", wait: "Espero a una persona" },
  en: { goOn: "Yes, let's go on", wait: "I'll wait" },
  pt: { goOn: "Sim, vamos", wait: "Prefiro esperar" },
};

/** From Sunday. */
const DAYS: Record<Language, readonly string[]> = {
  es: ["el domingo", "el lunes", "el martes", "el miércoles", "el jueves", "el viernes", "el sábado"],
  en: ["on Sunday", "on Monday", "on Tuesday", "on Wednesday", "on Thursday", "on Friday", "on Saturday"],
  pt: [
    ...["no domingo", "na segunda-feira", "na terça-feira", "na quarta-feira"],
    ...["na quinta-feira", "na sexta-feira", "no sábado"],
  ],
};
const AT: Record<Language, string> = { es: "a las", en: "at", pt: "às" };

const RETURNED: Record<Language, string> = {
  es: "Por ahora nadie de nuestro equipo puede seguir por aquí, así que vuelvo yo, el asistente virtual. Si prefieres a una persona, escribe *persona*.",
  en: "Nobody on our team can go on here right now, so I'm back: the virtual assistant. If you'd rather have a person, write *person*.",
  pt: "No momento ninguém da nossa equipe pode continuar por aqui, então volto eu, o assistente virtual. Se preferir uma pessoa, escreva *pessoa*.",
};

const GOING_ON: Record<Language, string> = {
  es: "¡Con gusto! Cuéntame, ¿en qué te ayudo?",
  en: "Gladly! What can I help you with?",
  pt: "Com prazer! Em que posso ajudar?",
};

/** Notice that the bot is back because no operator has answered. */
export const backAgain = (language: Language): string => RETURNED[language];

/** Reply to somebody who agrees to go on without a person. */
export const goingOn = (language: Language): string => GOING_ON[language];

const AGREES =
  "si|sip|sim|yes|yeah|yep|yup|ok|okay|dale|claro(?: que (?:si|sim))?|por supuesto|bueno|vale|va|listo|perfecto|sigamos|seguimos|sigue|sigo|continuemos|continuamos|continue|adelante|vamos|bora|pode ser|pode|quero|quiero|esta bien|ta bom|tudo bem|beleza|de acuerdo|orale|sure|fine|go (?:on|ahead)|let's go(?: on)?|lets go(?: on)?|sounds good|please do|combinado";
const WAITS =
  "no|nop|nope|nao|mejor|(?:yo )?(?:espero|esperare|esperamos|aguardo)|(?:prefiero|preferiria|prefiro|quiero|voy a|vou|quero) (?:esperar|aguardar)|(?:i'll|ill|i will|i'd rather|i prefer to|rather) wait|(?:a|al|por|for|pela|o|um|uma) (?:(?:la|el|una|un|a|the|uma|um) )?(?:persona|asesor|asesora|agente|alguien|humano|person|human|agent|someone|somebody|pessoa|atendente|alguem)";
const LONGEST_ANSWER = 100;
const POLITE =
  "por favor|porfa|please|gracias|muchas gracias|thanks|thank you|obrigad[oa]|entonces|entao|then|pues|tranquilo";
const STEP = new RegExp(`^(?:(${WAITS})|(${AGREES})|${POLITE})(?: |$)`);

/** Whether they agree to go on, or would rather wait; null for anything that says more. */
export function yesOrNo(text: string): "yes" | "no" | null {
  const words = foldText(text)
    .replace(/[^\p{L}\d']+/gu, " ")
    .trim();
  if (words.length > LONGEST_ANSWER) return null;
  let left = words;
  let [agrees, waits] = [false, false];
  for (let step = STEP.exec(left); step && left; step = STEP.exec(left)) {
    waits ||= step[1] !== undefined;
    agrees ||= step[2] !== undefined;
    left = left.slice(step[0].length);
  }
  if (left !== "" || !(agrees || waits)) return null;
  return waits ? "no" : "yes";
}

/** Notice after a wait in which nobody came. */
export const stillWaiting = (language: Language): string => STILL_WAITING[language];

/** Titles of the two answers to these notices. */
export const waitingChoices = (language: Language): { goOn: string; wait: string } => CHOICES[language];

/** A time by the company's clock; `date` only when the weekday alone may not say it. */
export interface LocalMoment {
  /** From Sunday. */
  weekday: number;
  date: { month: string; day: string } | null;
  /** `10:00`. */
  time: string;
}

/** Notice outside opening hours, with the time at which people are back. */
export function whenBack(language: Language, { weekday, date, time }: LocalMoment): string {
  const numbers = date && (language === "en" ? `${date.month}/${date.day}` : `${date.day}/${date.month}`);
  const day = [DAYS[language][weekday], numbers].filter(Boolean).join(" ");
  return WHEN_BACK[language](`${day} ${AT[language]} ${time}`);
}
