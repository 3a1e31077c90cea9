import { describe, expect, it } from "vitest";
import { classifyOffline } from "../../fakes/model/reply/classify.ts";
import { INTENTS } from "../../lib/intents/table.ts";
import heldOut from "./heldout.json" with { type: "json" };

describe("the offline classifier", () => {
  it("knows every example for what it is", () => {
    const wrong = INTENTS.flatMap(({ name, examples }) =>
      Object.values(examples)
        .flat()
        .filter((phrase) => classifyOffline(phrase).intent !== name)
        .map((phrase) => `${name}: ${phrase}`),
    );
    expect(
      wrong.length / INTENTS.flatMap(({ examples }) => Object.values(examples).flat()).length,
    ).toBeLessThan(0.03);
  });

  it("is right and sure about nine phrases of ten that it never saw", () => {
    const phrases = Object.entries(heldOut).flatMap(([intent, list]) =>
      list.map((phrase) => ({ intent, phrase })),
    );
    const right = phrases.filter(({ intent, phrase }) => {
      const guess = classifyOffline(phrase);
      return guess.intent === intent && guess.confidence >= 0.5;
    });
    expect(right.length / phrases.length).toBeGreaterThan(0.9);
  });

  it.each([
    ["hola, ¿dónde está mi pedido 1042? gracias", "order_status"],
    ["hi!\nhow much is shipping?\nthanks", "product_question"],
    ["bom dia\nquero falar com uma pessoa", "human_handoff"],
  ])("hears the matter behind the courtesies in %j", (text, intent) => {
    expect(classifyOffline(text)).toMatchObject({ intent });
  });

  it.each(["asdf qwer", "🦙", "", "\u0000", "???"])("is not sure about %j", (text) => {
    expect(classifyOffline(text).confidence).toBeLessThan(0.5);
  });
});
