import { expect, it } from "vitest";
import { likenessOf } from "../../lib/intents/likeness/weights-text.ts";
import { decideLocally } from "../../lib/intents/local/decide.ts";
import { readPhrases } from "../../scripts/intents/phrases.ts";
import { trainWeights } from "../../scripts/intents/write.ts";
import { readLabelled } from "./labelled/read.ts";

it("learns from a hundred of a shop's messages to decide more of its later ones, and as rightly", () => {
  const shop = readLabelled("shop");
  // What a person would accept of them: an answer to a question of ours says nothing alone.
  const learnt = shop
    .filter(({ part, answersQuestion }) => part === "learn" && !answersQuestion)
    .map(({ text, language, intent }) => ({ text, language, topic: intent }));
  const later = shop.filter(({ part }) => part === "evaluate");
  const decide = (likeness?: ReturnType<typeof likenessOf>) => {
    const decided = later.flatMap(({ text, intent: meant, answersQuestion = false }) => {
      const before = answersQuestion ? "?" : null;
      const { intent } = decideLocally({ text, answersQuestion, before, expected: null }, likeness);
      return intent === null ? [] : [intent === meant];
    });
    return { decided: decided.length, right: decided.filter(Boolean).length };
  };
  const shipped = decide();
  const own = decide(likenessOf(trainWeights([...readPhrases(), ...learnt]).weights));
  const figures = `${shipped.right} of ${shipped.decided}, then ${own.right} of ${own.decided} of ${later.length}`;
  expect(own.decided / shipped.decided, figures).toBeGreaterThan(1.25);
  expect(own.right / own.decided, figures).toBeGreaterThan(0.95);
}, 120_000);
