import { expect, it } from "vitest";
import { learningOf } from "../intents/labelled/learning.ts";

it.each(["shop", "petshop"] as const)(
  "of a hundred messages decides more of the later ones: %s",
  (shop) => {
    const { before, after } = learningOf(shop);
    const figures = `${before.right} of ${before.decided}, then ${after.right} of ${after.decided} of ${after.all}`;
    expect(after.decided / before.decided, figures).toBeGreaterThan(1.25);
    expect(after.right / after.decided, figures).toBeGreaterThan(0.95);
  },
  120_000,
);
