import type { models as english } from "./en.ts";

/** Spanish texts of the choice of models. */
export const models: typeof english = {
  names: {
    none: "Como está configurado el servidor",
    quality: "Calidad",
    balanced: "Equilibrado",
    economy: "Económico",
  },
  costs: {
    none: "Lo que cuesta depende de cómo está configurado el servidor.",
    quality: "Las mejores respuestas, con GPT-4o para todo: unos US$ 4 por 1,000 mensajes.",
    balanced:
      "Un modelo grande solo para reclamos y lo difícil de entender, uno pequeño para lo demás: unos US$ 0.60 por 1,000 mensajes.",
    economy: "Un modelo pequeño para todo: unos US$ 0.30 por 1,000 mensajes.",
  },
};
