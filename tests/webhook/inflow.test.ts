import { afterEach, describe, expect, it, vi } from "vitest";
import { createInflow } from "../../lib/webhook/inflow.ts";

const LIMIT = 1_000;
const DEADLINE_MS = 10_000;

afterEach(() => vi.useRealTimers());

/** A sender whose chunks come when they are pushed. */
function sender() {
  let controller!: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>;
  const state = { cancelled: false };
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (given) => {
      controller = given;
    },
    cancel: () => {
      state.cancelled = true;
    },
  });
  return {
    state,
    request: { body, headers: new Headers() },
    push: async (bytes: number) => {
      controller.enqueue(new Uint8Array(bytes));
      await new Promise(setImmediate);
    },
    end: () => controller.close(),
  };
}

/** Begins to read it; what became of it. */
function begin(inflow: ReturnType<typeof createInflow>, from: ReturnType<typeof sender>) {
  const limits = { maxBytes: LIMIT, deadlineMs: DEADLINE_MS };
  return inflow.read(from.request, limits, async (body) => body?.byteLength ?? "too large").catch(String);
}

describe("bodies that come in at once", () => {
  it("hold no more than the limit in all: the largest unfinished one is given up", async () => {
    const inflow = createInflow(1_000);
    const stalled = Array.from({ length: 5 }, sender);
    const outcomes = stalled.map((from) => begin(inflow, from));
    for (const [index, from] of stalled.entries()) await from.push(200 + index);
    // 1,010 bytes were held: the largest had to go.
    expect(await outcomes[4]).toMatch(/no_room/);
    expect(stalled.map(({ state }) => state.cancelled)).toEqual([false, false, false, false, true]);
  });

  it("a small body is read while large ones that never end hold all there is", async () => {
    const inflow = createInflow(2_000);
    const stalled = Array.from({ length: 40 }, sender);
    const refused: unknown[] = [];
    for (const from of stalled) {
      begin(inflow, from).then((outcome) => refused.push(outcome));
      await from.push(300);
      const honest = sender();
      const outcome = begin(inflow, honest);
      await honest.push(50);
      honest.end();
      expect(await outcome).toBe(50);
    }
    expect(refused.length).toBeGreaterThanOrEqual(40 - Math.floor(2_000 / 300));
    expect(refused.length).toBeLessThan(40);

    // None of their bytes is counted once they are gone.
    for (const from of stalled) if (!from.state.cancelled) from.end();
    await new Promise(setImmediate);
    const [one, two] = [sender(), sender()];
    const outcomes = [begin(inflow, one), begin(inflow, two)];
    for (const from of [one, two]) {
      await from.push(LIMIT);
      from.end();
    }
    expect(await Promise.all(outcomes)).toEqual([LIMIT, LIMIT]);
  });

  it("count until they are verified, and no longer", async () => {
    const inflow = createInflow(1_000);
    let verify!: () => void;
    const whole = sender();
    const verifying = inflow.read(whole.request, { maxBytes: LIMIT, deadlineMs: DEADLINE_MS }, async () => {
      await new Promise<void>((resolve) => {
        verify = resolve;
      });
      return "verified";
    });
    await whole.push(900);
    whole.end();
    await new Promise(setImmediate);
    const other = sender();
    const refused = begin(inflow, other);
    await other.push(200);
    expect(await refused).toMatch(/no_room/);
    verify();
    expect(await verifying).toBe("verified");
    const next = sender();
    const read = begin(inflow, next);
    await next.push(1_000);
    next.end();
    expect(await read).toBe(1_000);
  });

  it("a chunk that comes just after its body was given up is not counted", async () => {
    const inflow = createInflow(1_000);
    for (let round = 0; round < 10; round++) {
      const [large, other] = [sender(), sender()];
      const outcomes = [begin(inflow, large), begin(inflow, other)];
      await Promise.all([large.push(600), large.push(300), large.push(50), other.push(500), other.push(1)]);
      expect(await outcomes[0]).toMatch(/no_room/);
      other.end();
      expect(await outcomes[1]).toBe(501);
    }
  });

  it("are given up at their deadline, at whatever point they stand", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    for (const pushed of [0, 1, 500]) {
      const slow = sender();
      const outcome = begin(createInflow(1_000), slow);
      if (pushed > 0) await slow.push(pushed);
      vi.advanceTimersByTime(DEADLINE_MS);
      expect(await outcome).toMatch(/too_slow/);
      expect(slow.state.cancelled).toBe(true);
    }
  });

  it("that declare a short length are read at once, count from their first moment, and are given up too", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const inflow = createInflow(1_000);
    const limits = { maxBytes: LIMIT, deadlineMs: DEADLINE_MS };
    const short = (declared: number, body: Promise<ArrayBuffer>) =>
      inflow
        .read(
          {
            headers: new Headers({ "content-length": String(declared) }),
            arrayBuffer: () => body,
            get body(): never {
              throw new Error("a stream was made");
            },
          },
          limits,
          async (read) => read?.byteLength ?? "too large",
        )
        .catch(String);
    const never = new Promise<ArrayBuffer>(() => {});
    expect(await short(3, Promise.resolve(new ArrayBuffer(3)))).toBe(3);
    expect(await short(3, Promise.reject(new Error("hung up")))).toMatch(/broken_off/);
    const stalled = [short(600, never), short(300, never)];
    const third = short(200, never);
    expect(await stalled[0]).toMatch(/no_room/);
    vi.advanceTimersByTime(DEADLINE_MS);
    expect(await stalled[1]).toMatch(/too_slow/);
    expect(await third).toMatch(/too_slow/);
  });

  it("over the limit of one body say so", async () => {
    const long = sender();
    const outcome = begin(createInflow(5_000), long);
    await long.push(LIMIT + 1);
    expect(await outcome).toBe("too large");
  });
});
