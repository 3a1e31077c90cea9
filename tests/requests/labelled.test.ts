import { afterAll, describe, expect, it } from "vitest";
import { decidePerson } from "../../lib/requests/person/decide.ts";
import { decideStop } from "../../lib/requests/stop/decide.ts";
import { labelled, measure, SETS } from "./labelled.ts";

const stops = (text: string, before: string | null) => {
  const decision = decideStop(text, before);
  return decision === "stop" ? "yes" : decision;
};
const asksForPerson = (text: string, before: string | null) => {
  const decision = decidePerson(text, before);
  return decision === "request" ? "yes" : decision;
};

const figures: ReturnType<typeof measure>[] = [];
// `npx vitest run tests/requests` prints what docs/understanding.md publishes.
afterAll(() => {
  const percent = (part: number) => `${(100 * part).toFixed(1)} %`;
  console.table(
    figures.map(({ precision, recall, ...rest }) => ({
      ...rest,
      precision: percent(precision),
      recall: percent(recall),
    })),
  );
});

describe("the labelled messages", () => {
  it("are at least 300 on each side for a stop, and 150 for a person, none of them twice", () => {
    const all = (label: string) => SETS.flatMap((set) => labelled(set, label));
    for (const label of ["stop", "not-stop"]) expect(all(label).length).toBeGreaterThanOrEqual(300);
    for (const label of ["person", "not-person"]) expect(all(label).length).toBeGreaterThanOrEqual(150);
    for (const label of ["stop", "not-stop", "person", "not-person"]) {
      const keys = all(label).map(
        ({ language, text, before }) => `${language} ${text.toLowerCase()} ${before}`,
      );
      expect(keys.filter((key, at) => keys.indexOf(key) < at)).toEqual([]);
    }
  });

  it.each(SETS)("are decided as published: stops, %s", (set) => {
    const figure = measure(set, ["stop", "not-stop"], stops);
    figures.push(figure);
    expect(figure.precision).toBeGreaterThanOrEqual(0.995);
    expect(figure.recall).toBeGreaterThanOrEqual(0.95);
    // Nor is anybody asked without need.
    expect(figure.wronglyAsked / figure.others).toBeLessThan(0.03);
  });

  it.each(SETS)("are decided as published: requests for a person, %s", (set) => {
    const figure = measure(set, ["person", "not-person"], asksForPerson);
    figures.push(figure);
    expect(figure.precision).toBeGreaterThanOrEqual(0.95);
    expect(figure.recall).toBeGreaterThanOrEqual(0.95);
  });

  it("leaves none of the doubtful ones unasked, once they come out of the blue", () => {
    const doubtful = SETS.flatMap((set) => labelled(set, "doubtful"));
    expect(doubtful.filter(({ text, before }) => decideStop(text, before) === "no").length).toBeLessThan(
      doubtful.length / 10,
    );
  });
});
