import { APICallError } from "ai";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pauseMs } from "../../lib/model/patience.ts";
import { patiently } from "../../lib/model/patiently.ts";
import { runs } from "../support/seed.ts";

/** A clock on which only pauses take time. */
function clockAt(start: number) {
  let now = start;
  return {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms;
    },
  };
}

const { signal } = new AbortController();
const patience = (leftMs: number, maxPauseMs = 3_000) => ({
  ...{ clock: clockAt(0), endsAtMs: leftMs, maxPauseMs, signal },
});
const busy = (retryAfterMs: number | null, status: number | null = 429) => ({ status, retryAfterMs });

describe("a pause", () => {
  test.each<[string, [askedMs: number, leftMs: number, mostMs: number], number | null]>([
    ["is as long as asked", [1_000, 5_000, 3_000], 1_000],
    ["is not for a quota", [20_000, 60_000, 3_000], null],
    ["is short while a better model than the next one is waited for", [2_000, 5_000, 1_000], null],
    ["leaves room for the answer", [1_000, 1_200, 3_000], 800],
    ["is not worth it without room", [1_000, 800, 3_000], null],
  ])("%s", (_name, [asked, left, most], expected) => {
    expect(pauseMs(busy(asked), 1, patience(left, most))).toBe(expected);
  });

  test("grows when nobody says how long, and ends", () => {
    const pauses = [1, 2, 3, 4].map((count) => pauseMs(busy(null), count, patience(10_000)));
    expect(pauses[0]).toBeLessThanOrEqual(250);
    expect(pauses[2]).toBeGreaterThanOrEqual(500);
    expect(pauses[3]).toBeNull();
    expect(pauseMs(busy(null, 500), 2, patience(10_000))).toBeNull();
    expect(pauseMs(busy(0), 1, patience(10_000))).toBeGreaterThan(0);
  });

  test("never ends after the deadline", () => {
    const asked = fc.option(fc.integer({ min: 0, max: 60_000 }));
    fc.assert(
      fc.property(asked, fc.integer({ min: 1, max: 9 }), fc.integer({ max: 60_000 }), (ms, count, left) => {
        const pause = pauseMs(busy(ms), count, patience(left));
        expect(pause ?? 0).toBeLessThanOrEqual(Math.max(0, left));
        expect(pause ?? 0).toBeLessThanOrEqual(3_000);
      }),
      { numRuns: runs(300) },
    );
  });
});

describe("a transcription", () => {
  const failure = (statusCode: number | undefined, responseHeaders: Record<string, string> = {}) =>
    new APICallError({
      ...{ message: "no", url: "http://127.0.0.1", requestBodyValues: {}, responseBody: "" },
      ...(statusCode !== undefined && { statusCode }),
      responseHeaders,
    });

  /** Calls until a success or the end, of a service that fails so often. */
  async function calls(
    error: Error,
    failures: number,
    left = 8_000,
  ): Promise<{ made: number; tookMs: number }> {
    const within = patience(left);
    let made = 0;
    const call = async () => {
      made += 1;
      if (made <= failures) throw error;
    };
    await patiently(call, within).catch(() => {});
    return { made, tookMs: within.clock.now() };
  }

  test("waits for a busy service as it asks", async () => {
    expect(await calls(failure(429, { "retry-after": "1" }), 2)).toEqual({ made: 3, tookMs: 2_000 });
  });

  test("is tried again when the connection failed", async () => {
    expect((await calls(failure(undefined), 1)).made).toBe(2);
  });

  test.each([
    ["an unexplained failure", failure(500)],
    ["a file that is refused", failure(400)],
    ["a quota", failure(429, { "retry-after": "3600" })],
    ["an error of ours", new Error("no")],
  ])("is tried once after %s", async (_name, error) => {
    expect(await calls(error, 9)).toEqual({ made: 1, tookMs: 0 });
  });

  test("ends before its deadline", async () => {
    const { tookMs } = await calls(failure(429, { "retry-after": "1" }), 99, 2_500);
    expect(tookMs).toBeLessThanOrEqual(2_500);
  });
});
