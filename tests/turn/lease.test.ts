import { expect, test } from "vitest";
import { createLease, instant } from "../../lib/turn/state/lease.ts";

const LEASE_MS = 30_000;

/** Two clocks, moved apart from each other. */
function clocks() {
  const at = { wall: 1_000_000, steady: 5_000 };
  return { at, now: () => at.wall, steady: () => at.steady };
}

test.each([
  ["both clocks go on", 27_000, 27_000, true],
  ["the lease is nearly over", 28_001, 28_001, false],
  ["the wall clock is set back by ten minutes", -600_000, 28_001, false],
  ["the wall clock is set forward", 600_000, 1, false],
  ["the machine was suspended, and the steady clock with it", 60_000, 10, false],
])("a holder may send: %s", (_, wallMs, steadyMs, maySend) => {
  const clock = clocks();
  const lease = createLease(instant(clock), LEASE_MS, clock);
  clock.at.wall += wallMs;
  clock.at.steady += steadyMs;
  expect(lease.maySend()).toBe(maySend);
});

test("a lease that was taken before now is counted from then, by both clocks", () => {
  const clock = clocks();
  const lease = createLease(instant(clock, clock.at.wall - 27_000), LEASE_MS, clock);
  expect(lease.maySend()).toBe(true);
  clock.at.wall -= 600_000;
  clock.at.steady += 1_001;
  expect(lease.maySend()).toBe(false);
});
