import { expect, test } from "vitest";
import { createSlots } from "../../lib/turn/state/slots.ts";
import { gate } from "../support/gate.ts";

test("callers take turns, however long their lists are", async () => {
  const { run } = createSlots(1);
  const order: string[] = [];
  const list = async (name: string, count: number) => {
    for (let at = 0; at < count; at++) await run(async () => void order.push(name));
  };
  await Promise.all([list("a", 5), list("b", 2), list("c", 1)]);
  expect(order.join("")).toBe("abcabaaa");
});

test("no more run than there are slots, and a failure gives its slot back", async () => {
  const { run } = createSlots(2);
  const held = gate();
  let running = 0;
  let most = 0;
  const work = async () => {
    running += 1;
    most = Math.max(most, running);
    await held.promise;
    running -= 1;
    throw new Error("no");
  };
  const all = Promise.allSettled(Array.from({ length: 7 }, () => run(work)));
  held.open();
  expect((await all).every(({ status }) => status === "rejected")).toBe(true);
  expect(most).toBe(2);
  expect(await run(async () => "free")).toBe("free");
});
