import { learningOf } from "../../tests/intents/labelled/learning.ts";
import { type BenchOptions, grid, round } from "../table.ts";
import { decideAll, line, ownSets, times } from "./own.ts";
import { publicSets } from "./sets.ts";

/** Decisions without a model on the labelled messages, and accuracy on the public sets in `--data DIR`. */
export default async function intents({ data }: BenchOptions): Promise<string> {
  const sets = ownSets();
  const own = grid([
    ["messages", "decided", "coverage", "right", "precision", "95 % interval"],
    ...Object.entries(sets).map(([name, messages]) => line(name, decideAll(messages))),
    ...(["shop", "petshop"] as const).flatMap((shop) => {
      const { before, after } = learningOf(shop);
      return [line(`${shop}, nothing learnt of it`, before), line(`${shop}, a hundred learnt`, after)];
    }),
  ]);
  const { p50, p99 } = times(Object.values(sets).flat());
  const took = `A decision takes ${round(p50)} µs (p50), ${round(p99)} µs (p99).`;
  if (data === null) return `${own}\n\n${took}`;
  const others = grid([["set", "lines", "accuracy", "promised"], ...publicSets(data)]);
  return `${own}\n\n${took}\n\n${others}`;
}
