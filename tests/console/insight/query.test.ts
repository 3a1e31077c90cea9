import { describe, expect, test } from "vitest";
import { Refusal } from "../../../lib/console/http/route.ts";
import { insightQueryIn } from "../../../lib/console/insight/query.ts";
import { slotsOf } from "../../../lib/insight/range.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 29, 14, 25, 40);
const read = (text: string) => insightQueryIn(new URLSearchParams(text), NOW);
const at = (iso: string) => Date.parse(iso);

describe("the query of an insight page", () => {
  test("is the last seven days by the hour, in whole slots, without anything else", () => {
    expect(read("")).toEqual({
      range: { fromMs: at("2026-11-22T14:00Z"), toMs: at("2026-11-29T15:00Z"), step: "hour" },
      where: {},
      allNumbers: false,
    });
  });

  test.each([
    ["1h", "minute", 61],
    ["24h", "hour", 25],
    ["7d", "hour", 169],
    ["28d", "day", 29],
    ["90d", "day", 91],
  ])("reads %s by the %s", (name, step, slots) => {
    const { range } = read(`range=${name}`);
    expect(range.step).toBe(step);
    expect(slotsOf(range)).toHaveLength(slots);
    expect(range.toMs).toBeGreaterThanOrEqual(NOW);
  });

  test("takes an own range, which ends now at the latest", () => {
    const { range } = read("from=2026-11-29T10:00Z&to=2026-12-24T00:00Z");
    expect(range).toEqual({ fromMs: at("2026-11-29T10:00Z"), toMs: at("2026-11-29T15:00Z"), step: "hour" });
  });

  test("takes filters, and a finer step", () => {
    const { where, range, allNumbers } = read(
      "range=24h&step=minute&intent=complaint&number=all&other=1&model=",
    );
    expect(where).toEqual({ intent: "complaint" });
    expect(allNumbers).toBe(true);
    expect(slotsOf(range).length).toBeLessThanOrEqual(1441);
  });

  test.each([
    ["range=2y", "range"],
    ["from=yesterday", "from"],
    ["from=2026-11-01", "from"],
    ["from=2026-11-01T00:00%2B05:00", "from"],
    ["to=2026-11-01T00:00Z", "from"],
    ["from=2026-11-02T00:00Z&to=2026-11-01T00:00Z", "from"],
    ["from=2027-01-01T00:00Z", "from"],
    ["from=2026-11-02T00:00Z&range=1h", "range"],
    ["from=1999-01-01T00:00Z", "step"],
    ["range=28d&step=minute", "step"],
    ["step=second", "step"],
    ["number=5", "number"],
    [`intent=${"x".repeat(121)}`, "intent"],
  ])("refuses %s and names %s", (text, name) => {
    const refused = () => read(text);
    expect(refused).toThrow(Refusal);
    expect(refused).toThrow(new RegExp(`^${name}: `));
    // The value is not repeated: it may be anything.
    expect(refused).not.toThrow(/xxxx|yesterday/);
  });
});

test("a day holds 24 slots of an hour whatever the clocks of people do", () => {
  expect(slotsOf({ fromMs: NOW - (NOW % DAY), toMs: NOW - (NOW % DAY) + DAY, step: "hour" })).toHaveLength(
    24,
  );
});
