import { expect, test } from "vitest";
import { openEventStream, type Sink } from "../../lib/console/live/event-stream.ts";
import type { Clock } from "../../lib/types/clock.ts";
import { gate } from "../support/gate.ts";

/** Sleeps until the test says so. */
function start() {
  const life = gate();
  const clock: Clock = { now: Date.now, sleep: () => life.promise };
  let sink: Sink | undefined;
  let left = 0;
  const join = (own: Sink) => {
    sink = own;
    return () => {
      left += 1;
    };
  };
  const response = openEventStream(join, 1_000, clock);
  if (!sink) throw new Error("nobody joined");
  return { sink, response, endLife: () => life.open(), left: () => left };
}

test("a page that takes nothing is not sent more than a bounded amount, and loses its stream at the end", async () => {
  const { sink, response, endLife, left } = start();
  let sent = 0;
  while (sink.ready()) {
    sink.send("x".repeat(1_000));
    sent += 1_000;
  }
  expect(sent).toBeLessThan(70_000);
  endLife();
  await expect(response.text()).rejects.toThrow();
  expect(left()).toBe(1);
});

test("a page that reads takes everything, and the stream ends by itself", async () => {
  const { sink, response, endLife, left } = start();
  const text = response.text();
  sink.send("event: rows\ndata: []\n\n");
  await Promise.resolve();
  endLife();
  expect(await text).toContain("event: rows\n");
  expect(left()).toBe(1);
  sink.send("too late");
  sink.end();
  expect(left()).toBe(1);
});

test("a page that leaves is let go once", async () => {
  const { response, endLife, left } = start();
  await response.body?.cancel();
  endLife();
  await Promise.resolve();
  expect(left()).toBe(1);
});
