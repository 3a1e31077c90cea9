import type { models as english } from "./en.ts";

/** Portuguese texts of the choice of models. */
export const models: typeof english = {
  names: {
    none: "Como o servidor está configurado",
    quality: "Qualidade",
    balanced: "Equilibrado",
    economy: "Econômico",
  },
  costs: {
    none: "O custo depende de como o servidor está configurado.",
    quality: "As melhores respostas, com GPT-4o para tudo: cerca de US$ 4 por 1.000 mensagens.",
    balanced:
      "Um modelo grande só para reclamações e o que é difícil de entender, um pequeno para o resto: cerca de US$ 0,60 por 1.000 mensagens.",
    economy: "Um modelo pequeno para tudo: cerca de US$ 0,30 por 1.000 mensagens.",
  },
};
