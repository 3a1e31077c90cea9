import { describe, expect, it } from "vitest";
import { measure, waterfall } from "../../web/src/turn/stages.ts";

describe("waterfall", () => {
  it("lays the stages end to end in the order of a turn, whatever their order in the record", () => {
    const bars = waterfall({ stagesMs: { send: 30, verify: 1, claim: 4, receive: 5 }, waitMs: 40 });
    expect(bars.map(({ name, startMs }) => [name, startMs])).toEqual([
      ["verify", 0],
      ["receive", 1],
      ["claim", 6],
      ["send", 10],
    ]);
  });

  it("separates stages before the webhook's response from those after it", () => {
    const bars = waterfall({ stagesMs: { verify: 1, receive: 1, claim: 1 }, waitMs: null });
    expect(bars.map((bar) => bar.beforeAnswer)).toEqual([true, true, false]);
  });

  it("puts tools within the reply, adding nothing to the total", () => {
    const bars = waterfall({ stagesMs: { respond: 100, "tool:lookup": 20, send: 10 }, waitMs: 110 });
    expect(bars.map(({ name, startMs, within }) => [name, startMs, within])).toEqual([
      ["respond", 0, false],
      ["lookup", 40, true],
      ["send", 100, false],
    ]);
  });

  it("shows the part of the wait outside any stage", () => {
    const bars = waterfall({ stagesMs: { verify: 10, send: 10, finish: 5 }, waitMs: 50 });
    expect(bars.map(({ name, ms }) => [name, ms])).toEqual([
      ["verify", 10],
      ["send", 10],
      ["gap", 30],
      ["finish", 5],
    ]);
  });

  it("keeps unknown stages", () => {
    expect(waterfall({ stagesMs: { verify: 1, moderate: 7 }, waitMs: null }).at(-1)).toMatchObject({
      name: "moderate",
      startMs: 1,
    });
  });
});

describe("measure", () => {
  const targets = { webhookMs: 100, intentMs: 500, replyMs: 2000, waitMs: 3000 };

  it("measures each target", () => {
    const turn = { stagesMs: { classify: 200, respond: 900 }, ackMs: 9, waitMs: 1200 };
    expect(measure(turn, targets).map(({ name, ms, targetMs }) => [name, ms, targetMs])).toEqual([
      ["webhook", 9, 100],
      ["intent", 200, 500],
      ["reply", 900, 2000],
      ["wait", 1200, 3000],
    ]);
  });

  it("leaves unmeasured times empty", () => {
    expect(measure(null, targets).map(({ ms }) => ms)).toEqual([null, null, null, null]);
  });
});
