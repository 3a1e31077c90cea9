/** What a customer hears about a rating. */
import type { Language } from "../types/company.ts";

/** Texts of a rating; `scores` from 5 to 1. */
export interface RatingTexts {
  question: string;
  button: string;
  scores: readonly [string, string, string, string, string];
  why: string;
  thanks: string;
}

/** In each language. */
export const RATING_TEXTS: Record<Language, RatingTexts> = {
  es: {
    question: "¿Cómo te fue con nuestra atención? Elige una nota del 1 al 5.",
    button: "Calificar",
    scores: ["Excelente", "Buena", "Regular", "Mala", "Muy mala"],
    why: "¡Gracias por tu nota! Si quieres, cuéntanos en un mensaje por qué. Si necesitas otra cosa, escríbenos cuando gustes.",
    thanks: "¡Gracias por contarnos! El equipo lo leerá.",
  },
  en: {
    question: "How was our service? Choose a score from 1 to 5.",
    button: "Rate",
    scores: ["Excellent", "Good", "Fair", "Poor", "Very poor"],
    why: "Thank you for your score! If you like, tell us why in one message. If you need anything else, just write to us.",
    thanks: "Thank you for telling us! The team will read it.",
  },
  pt: {
    question: "Como foi o nosso atendimento? Escolha uma nota de 1 a 5.",
    button: "Avaliar",
    scores: ["Excelente", "Bom", "Regular", "Ruim", "Muito ruim"],
    why: "Obrigado pela nota! Se quiser, conte para nós em uma mensagem o motivo. Se precisar de mais alguma coisa, é só escrever.",
    thanks: "Obrigado por contar! A equipe vai ler.",
  },
};
