/** What operators read in their company's language, outside of the console. */
import type { Language } from "../types/company.ts";
import type { Absence } from "../types/notifier.ts";

interface Texts {
  opened: { subject: string; text: string };
  untaken: (count: number) => string;
  returned: (count: number) => string;
  waited: (minutes: number) => string;
  look: string;
  /** Note in a conversation that went back to the bot. */
  note: { waiting: (minutes: number) => string; silent: string };
}

const some = (count: number, one: string, many: string): string => (count === 1 ? one : `${count} ${many}`);

const TEXTS: Record<Language, Texts> = {
  es: {
    opened: { subject: "un cliente espera a una persona", text: "Un cliente espera a una persona." },
    untaken: (count) =>
      some(count, "un cliente sigue esperando a una persona", "clientes siguen esperando a una persona"),
    returned: (count) =>
      some(
        count,
        "una conversación volvió al bot porque nadie respondió",
        "conversaciones volvieron al bot porque nadie respondió",
      ),
    waited: (minutes) => `Espera más larga: ${minutes} min.`,
    look: "Ábrelo en la consola.",
    note: {
      waiting: (minutes) =>
        `Volvió al bot: el cliente esperó ${minutes} min y nadie del equipo respondió. El bot se lo dijo y sigue con él.`,
      silent: "Volvió al bot: nadie ha escrito desde hace un día.",
    },
  },
  en: {
    opened: { subject: "a customer waits for a person", text: "A customer waits for a person." },
    untaken: (count) =>
      some(count, "a customer still waits for a person", "customers still wait for a person"),
    returned: (count) =>
      some(
        count,
        "a conversation went back to the bot because nobody answered",
        "conversations went back to the bot because nobody answered",
      ),
    waited: (minutes) => `Longest wait: ${minutes} min.`,
    look: "Open it in the console.",
    note: {
      waiting: (minutes) =>
        `Went back to the bot: the customer waited ${minutes} min and nobody on the team answered. The bot told them and goes on.`,
      silent: "Went back to the bot: nobody has written for a day.",
    },
  },
  pt: {
    opened: { subject: "um cliente espera uma pessoa", text: "Um cliente espera uma pessoa." },
    untaken: (count) =>
      some(count, "um cliente ainda espera uma pessoa", "clientes ainda esperam uma pessoa"),
    returned: (count) =>
      some(
        count,
        "uma conversa voltou para o bot porque ninguém respondeu",
        "conversas voltaram para o bot porque ninguém respondeu",
      ),
    waited: (minutes) => `Espera mais longa: ${minutes} min.`,
    look: "Abra no console.",
    note: {
      waiting: (minutes) =>
        `Voltou para o bot: o cliente esperou ${minutes} min e ninguém da equipe respondeu. O bot avisou e continua com ele.`,
      silent: "Voltou para o bot: ninguém escreveu há um dia.",
    },
  },
};

/** Subject and text about a handoff that was opened. */
export const openedText = (language: Language): { subject: string; text: string } => {
  const { opened, look } = TEXTS[language];
  return { subject: opened.subject, text: `${opened.text} ${look}` };
};

/** Subject and text about customers whom nobody answered. */
export function absenceText({ kind, companyLanguage, count, longestS }: Absence): {
  subject: string;
  text: string;
} {
  const texts = TEXTS[companyLanguage];
  const subject = texts[kind](count);
  const sentence = `${subject.charAt(0).toUpperCase()}${subject.slice(1)}.`;
  return { subject, text: `${sentence} ${texts.waited(Math.round(longestS / 60))} ${texts.look}` };
}

/** The note for operators in a conversation that went back to the bot; null minutes: nobody waited. */
export const returnedNote = (language: Language, waitedMin: number | null): string => {
  const { note } = TEXTS[language];
  return waitedMin === null ? note.silent : note.waiting(waitedMin);
};
