import { describe, expect, it } from "vitest";
import { intentSchema } from "../../lib/intents/schema.ts";
import { INTENTS, intentNamed } from "../../lib/intents/table.ts";

describe("the table of intents", () => {
  it("names each intent once, and the schema takes exactly these names", () => {
    const names = INTENTS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(intentSchema.shape.intent.options).toEqual(names);
    expect(names.map((name) => intentNamed(name).name)).toEqual(names);
  });

  it.each(INTENTS)(
    "gives $name eight examples or more in each language, none of another intent",
    (intent) => {
      const others = new Set(
        INTENTS.filter((other) => other !== intent).flatMap(({ examples }) => Object.values(examples).flat()),
      );
      for (const phrases of Object.values(intent.examples)) {
        expect(phrases.length).toBeGreaterThanOrEqual(8);
        expect(phrases.filter((phrase) => others.has(phrase))).toEqual([]);
      }
    },
  );

  it("gives no tool to those that only talk, and every one to the fall-back", () => {
    for (const name of ["greeting", "thanks_goodbye", "out_of_scope"] as const)
      expect(intentNamed(name).tools).toEqual([]);
    const named = new Set(INTENTS.flatMap(({ tools }) => tools));
    expect(new Set(intentNamed("general").tools)).toEqual(named);
  });

  it("refuses what is no classification", () => {
    const good = { intent: "greeting", confidence: 1, language: "es" };
    expect(intentSchema.safeParse(good).success).toBe(true);
    for (const wrong of [{ intent: "hack" }, { confidence: 1.1 }, { confidence: "high" }, { language: "fr" }])
      expect(intentSchema.safeParse({ ...good, ...wrong }).success).toBe(false);
  });
});
