import type { Language } from "../types/company.ts";
import { foldText } from "./fold.ts";

// Words of short chat texts, without accents; a word may stand under two languages.
const WORDS: Record<Language, string> = {
  es: `a hola otra otro veces dos tal dia buenas buenos dias tardes gracias quiero quisiera necesito puedo puede pueden tienen tengo tiene hay donde
    cuando cuanto cuanta cuesta cuestan como cual cuales quien el la los las un una unos unas y o del al con sin para por
    que es esta estan este esto esa ese mi mis tu su sus me lo le les se ya si no muy mas pero porque pedido envio envios
    llega llego ustedes usted hablar alguien ayuda precio precios abren hacen desde hasta tambien ahora chau adios
    bueno bien listo vale perfecto genial soy hacer favor hoy ayer manana dinero tienda compra ver quien algo nada`,
  en: `hi hello tell give write all hey good morning afternoon evening thanks thank you please i my me we our your is are am was were be do
    does did have has had can could would should will the a an and or of to in on at for with from by not this that
    these those it its what where when how much many which who why want need like order shipping ship delivery price
    cost costs open help talk someone person yes no there here about any some bye great still yet where's i'm don't`,
  pt: `oi ola me te outra outro vezes bom boa dia tarde noite tudo bem obrigado obrigada valeu quero queria preciso posso pode podem tem voces
    voce onde quando quanto custa custam como qual quais quem o a os as um uma e ou do da dos das no na nos nas ao com
    sem para pra por que nao sim esta estao este isso essa esse isto meu minha meus minhas seu sua se ja muito mais mas
    porque pedido frete envio entrega chega chegou falar alguem ajuda preco precos abrem fazem desde ate tambem agora
    tchau beleza sou fazer favor hoje ontem amanha dinheiro loja compra ver eu ele ela cade algo nada`,
};
const LANGUAGES = ["es", "en", "pt"] as const;
const VOCABULARY = new Map(LANGUAGES.map((language) => [language, new Set(WORDS[language].split(/\s+/))]));

// Letters and endings that only one of the three languages uses.
const SIGNS: Record<Language, RegExp> = {
  es: /[ñ¿¡]|\p{L}ción(?!\p{L})/gu,
  en: /'(s|m|t|re|ve|ll)(?!\p{L})|\p{L}ing(?!\p{L})/gu,
  pt: /[ãõçêôâà]|\p{L}[ln]h[ao]s?(?!\p{L})/gu,
};

// Country codes; the longest match counts. Countries of other languages are left out on purpose.
const PREFIXES: Record<Language, string> = {
  es: "34 240 502 503 504 505 506 507 51 52 53 54 56 57 58 591 593 595 598 1787 1809 1829 1849 1939",
  en: "1 27 44 61 64 65 91 92 233 234 254 353 356 501 592 63 852",
  pt: "55 351 238 239 244 245 258",
};
const LANGUAGE_OF_PREFIX = new Map(
  LANGUAGES.flatMap((language) => PREFIXES[language].split(" ").map((prefix) => [prefix, language] as const)),
);
const LONGEST_PREFIX = 4;
const READ_AT_MOST = 1000;

/** Hints about a customer's language besides the text. */
export interface LanguageHints {
  /** Language of earlier messages. */
  known: Language | null;
  /** Digits without `+`. */
  phone: string | null;
  company: Language;
}

/** Language of a text by its short words; when those are ambiguous, the hints in their order. */
export function guessLanguage(text: string | null, hints: LanguageHints): Language {
  const hinted = [hints.known, languageOfPhone(hints.phone), hints.company];
  const leaders = leadingLanguages((text ?? "").slice(0, READ_AT_MOST));
  return (
    hinted.find((language) => language !== null && leaders.includes(language)) ?? leaders[0] ?? hints.company
  );
}

/** Languages with the best score; all three when no word is known. */
function leadingLanguages(text: string): Language[] {
  const words = new Set(foldText(text).match(/[\p{L}']+/gu) ?? []);
  const written = text.normalize("NFC").toLowerCase();
  const scores = LANGUAGES.map((language) => {
    const known = [...words].filter((word) => VOCABULARY.get(language)?.has(word)).length;
    return known + 2 * (written.match(SIGNS[language])?.length ?? 0);
  });
  const best = Math.max(...scores);
  return LANGUAGES.filter((_, index) => scores[index] === best);
}

/** Language by a phone's country code; null for countries of other languages. */
export function languageOfPhone(phone: string | null): Language | null {
  if (phone === null) return null;
  for (let length = LONGEST_PREFIX; length > 0; length--) {
    const language = LANGUAGE_OF_PREFIX.get(phone.slice(0, length));
    if (language !== undefined) return language;
  }
  return null;
}
