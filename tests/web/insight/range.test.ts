import { describe, expect, it } from "vitest";
import {
  askedQuery,
  localValue,
  problemOf,
  rangeIn,
  utcValue,
  withFilter,
  withRange,
} from "../../../web/src/insight/frame/range.ts";

const params = (text: string) => new URLSearchParams(text);
const DAY = 86_400_000;

describe("the range of an address", () => {
  it("is the one it names, else seven days", () => {
    expect(rangeIn(params("range=28d"))).toEqual({ name: "28d" });
    expect(rangeIn(params(""))).toEqual({ name: "7d" });
    expect(rangeIn(params("range=forever"))).toEqual({ name: "7d" });
    expect(rangeIn(params("from=never&to=ever"))).toEqual({ name: "7d" });
    expect(rangeIn(params("from=2026-11-01T00:00Z&to=2026-11-02T00:00Z&range=1h"))).toEqual({
      from: "2026-11-01T00:00Z",
      to: "2026-11-02T00:00Z",
    });
  });

  it("changes without losing filters, and drops the point of the old range", () => {
    const own = withRange(params("range=1h&intent=complaint&at=5"), {
      from: "2026-11-01T00:00Z",
      to: "2026-11-02T00:00Z",
    });
    expect(Object.fromEntries(own)).toEqual({
      intent: "complaint",
      from: "2026-11-01T00:00Z",
      to: "2026-11-02T00:00Z",
    });
    expect(withRange(own, { name: "7d" }).toString()).toBe("intent=complaint");
    expect(withFilter(own, "intent", "").has("intent")).toBe(false);
  });

  it("asks the server the same in any order, and leaves out what belongs to the page", () => {
    expect(askedQuery(params("model=gpt&at=5&range=24h&intent=general"))).toBe(
      "range=24h&intent=general&model=gpt",
    );
  });
});

describe("an own range", () => {
  it("is refused with its reason", () => {
    const now = Date.UTC(2026, 10, 29);
    expect(problemOf(now - DAY, now, now)).toBeNull();
    expect(problemOf(now, now, now)).toBe("wrongOrder");
    expect(problemOf(Number.NaN, now, now)).toBe("wrongOrder");
    expect(problemOf(now + 1, now + DAY, now)).toBe("future");
    expect(problemOf(now - 401 * DAY, now, now)).toBe("tooLong");
  });

  it("keeps its minute on the way through a field in local time", () => {
    const at = Date.UTC(2026, 2, 29, 1, 30);
    expect(utcValue(localValue(at))).toBe("2026-03-29T01:30Z");
  });
});
