import { expect, test } from "vitest";
import { suggestionsFor } from "../../web/src/simulator/phone/suggestions.ts";

test("the chips of another company ask what its customers do, between a greeting and a person", () => {
  expect(suggestionsFor("es", ["quiero una cita"])).toEqual([
    "¡Hola! 👋",
    "quiero una cita",
    "quiero hablar con una persona",
  ]);
  expect(suggestionsFor("pt", [])).toContain("Quanto custa o frete?");
});
