import { describe, expect, it } from "vitest";
import { labelled, largest, ticksTo, wholeTicksTo } from "../../../web/src/insight/charts/scale.ts";
import { pathOf } from "../../../web/src/insight/charts/sparkline-path.ts";
import { cell, csvOf } from "../../../web/src/insight/charts/table.ts";
import { shareWords } from "../../../web/src/insight/frame/share-words.ts";

describe("axes", () => {
  it("end at a round value that is not below the largest", () => {
    expect(ticksTo(87)).toEqual([0, 25, 50, 75, 100]);
    expect(ticksTo(0.3)).toEqual([0, 0.1, 0.2, 0.3]);
    expect(ticksTo(3_120)).toEqual([0, 1000, 2000, 3000, 4000]);
    expect(ticksTo(0)).toEqual([0, 1]);
  });

  it("count in whole events", () => {
    expect(wholeTicksTo(1)).toEqual([0, 1]);
    expect(wholeTicksTo(3)).toEqual([0, 1, 2, 3]);
    expect(wholeTicksTo(9).every(Number.isInteger)).toBe(true);
  });

  it("label as many slots as there is room for, and at least one", () => {
    expect(labelled(24, 480, 120)).toEqual([0, 6, 12, 18]);
    expect(labelled(3, 10, 120)).toEqual([0]);
    expect(labelled(0, 100, 10)).toEqual([]);
  });

  it("find the largest of more values than a call takes arguments", () => {
    expect(largest(Array.from({ length: 300_000 }, (_, n) => n))).toBe(299_999);
    expect(largest([null, null])).toBe(0);
  });
});

describe("a sparkline", () => {
  const y = (value: number) => 10 - value;

  it("has a gap where nothing happened, and shows a value between two gaps", () => {
    expect(pathOf([1, 2, null, 4, null, 5, 6], 60, y)).toBe("M0 9L10 8M30 6h1M50 5L60 4");
    expect(pathOf([null, null], 60, y)).toBe("");
  });
});

describe("CSV", () => {
  it("has plain numbers, and runs no words as a formula", () => {
    const table = {
      columns: ["Time", "=cmd()"],
      rows: [
        [cell('say "hi"'), cell("1.5 s", 1500)],
        [cell("@x"), cell("–", null)],
        [cell("-2"), cell("-2", -2)],
      ],
    };
    expect(csvOf(table)).toBe(`"Time","'=cmd()"\r\n"say ""hi""",1500\r\n"'@x",\r\n"'-2",-2\r\n`);
  });
});

describe("shares", () => {
  it("are never rounded up to a whole", () => {
    expect(shareWords(0.99999, "en")).toBe("99.99%");
    expect(shareWords(1, "en")).toBe("100%");
    expect(shareWords(0.9987, "en")).toBe("99.87%");
    expect(shareWords(0.9567, "en")).toBe("95.6%");
    expect(shareWords(0.29, "en")).toBe("29%");
    expect(shareWords(0, "en")).toBe("0%");
    expect(shareWords(0.0035, "en")).toBe("0.35%");
    expect(shareWords(0.000001, "en")).toBe("< 0.01%");
  });

  it("below nothing, as an overspent budget is, are rounded away from zero", () => {
    expect(shareWords(-0.501, "en")).toBe("-51%");
  });
});
