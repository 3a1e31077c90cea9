/** Replies to a mere greeting or thanks, in fixed text. */
import type { CompanyProfile, Language } from "../types/company.ts";

export type CourtesyKind = "greeting" | "thanks";

/** `{hello}` is the greeting of the time of day, `{name}` the first name behind a comma, or nothing. */
const COURTESIES: Record<CourtesyKind, Record<Language, readonly string[]>> = {
  greeting: {
    es: [
      "¡{hello}{name}! ¿En qué te puedo ayudar?",
      "¡Hola{name}! Cuéntame, ¿qué necesitas?",
      "¡{hello}{name}! Dime en qué te ayudo.",
    ],
    en: [
      "{hello}{name}! How can I help you?",
      "Hi{name}! What can I do for you?",
      "{hello}{name}! Tell me what you need.",
    ],
    pt: [
      "{hello}{name}! Como posso ajudar?",
      "Olá{name}! Me conta, do que você precisa?",
      "{hello}{name}! Em que posso ajudar?",
    ],
  },
  thanks: {
    es: [
      "¡Con gusto{name}! Escríbenos cuando quieras.",
      "¡De nada{name}! Aquí estamos para lo que necesites.",
      "¡Gracias a ti{name}! Que te vaya muy bien.",
    ],
    en: [
      "You're welcome{name}! Write to us any time.",
      "Happy to help{name}! We're here whenever you need us.",
      "Thank you{name}! All the best.",
    ],
    pt: [
      "De nada{name}! Escreva quando quiser.",
      "Imagina{name}! Estamos aqui para o que precisar.",
      "Nós que agradecemos{name}! Tudo de bom.",
    ],
  },
};

/** Greetings by the hour from which they are said. */
const HELLOS: Record<Language, readonly (readonly [fromHour: number, hello: string])[]> = {
  es: [
    [19, "Buenas noches"],
    [12, "Buenas tardes"],
    [5, "Buenos días"],
    [0, "Buenas noches"],
  ],
  en: [
    [17, "Good evening"],
    [12, "Good afternoon"],
    [5, "Good morning"],
    [0, "Good evening"],
  ],
  pt: [
    [18, "Boa noite"],
    [12, "Boa tarde"],
    [5, "Bom dia"],
    [0, "Boa noite"],
  ],
};

/** All ways to say it; `own` replaces the shipped ones. */
export function courtesies(
  kind: CourtesyKind,
  language: Language,
  { hour, name, own = [] }: { hour: number; name: string | null; own?: readonly string[] | undefined },
): string[] {
  const hello = HELLOS[language].find(([from]) => hour >= from)?.[1] ?? "";
  const called = name === null ? "" : `, ${name}`;
  const texts = own.length > 0 ? own : COURTESIES[kind][language];
  return texts.map((text) => text.replaceAll("{hello}", hello).replaceAll("{name}", () => called));
}

/** True for a text that is one of them, in any language and at any hour; `wanted` as the company's profile has it. */
export function saysCourtesy(
  text: string,
  { name, wanted }: { name: string | null; wanted: CompanyProfile["courtesies"] },
): boolean {
  return KINDS.some((kind) =>
    LANGUAGES.some((language) => {
      const own = typeof wanted === "object" ? wanted[kind]?.[language] : undefined;
      return HELLOS[language].some(([hour]) =>
        courtesies(kind, language, { hour, name, own }).includes(text),
      );
    }),
  );
}

const KINDS = ["greeting", "thanks"] as const satisfies readonly CourtesyKind[];
const LANGUAGES = ["es", "en", "pt"] as const satisfies readonly Language[];

const MOST_NAME = 60;
const MOST_NAME_WORDS = 4;
/** A first word of these is no first name. */
const NO_NAMES = new Set(
  "admin bot cafe casa club contact contacto don dona el empresa grupo group hola la las los mi my negocio oficial shop soporte store studio support taller tienda the tu ventas vendas loja".split(
    " ",
  ),
);

/** The first name in a profile name, where it plausibly is one; null otherwise: people write anything there. */
export function firstNameIn(profileName: string | null): string | null {
  const words = (profileName ?? "").slice(0, MOST_NAME).trim().split(/\s+/);
  const [first = ""] = words;
  if (words.length > MOST_NAME_WORDS || !words.every((word) => /^\p{L}[\p{L}\p{M}'’.-]*$/u.test(word)))
    return null;
  if (!/^\p{L}[\p{L}\p{M}'’-]{1,14}$/u.test(first)) return null;
  const plain = first
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
  if (NO_NAMES.has(plain) || /(.)\1\1/u.test(plain) || !/[aeiouy]/.test(plain)) return null;
  // Two letters in capitals may be initials.
  if (first.length === 2 && first === first.toUpperCase()) return null;
  return first.replace(/\p{L}+/gu, (part) => part.charAt(0).toUpperCase() + part.slice(1).toLowerCase());
}
