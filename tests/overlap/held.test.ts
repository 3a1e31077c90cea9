import { tool } from "ai";
import { expect, test } from "vitest";
import { z } from "zod";
import { heldUntil } from "../../lib/turn/ahead/held.ts";
import { gate } from "../support/gate.ts";

/** Tools that note when they are run, held until `wanted`. */
function held(wanted: Promise<boolean>) {
  const run: string[] = [];
  const each = (name: string) =>
    tool({
      inputSchema: z.object({}),
      execute: async () => {
        run.push(name);
        return name;
      },
    });
  const named = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, each(name)]));
  const reads = (name: string) => name === "lookup";
  const none = { handoff: () => null, extra: () => null, asks: () => null, startAttempt: () => {} };
  const tools = heldUntil(wanted, { named, reads, ...none });
  const call = (name: "lookup" | "offer_choices" | "handoff") =>
    tools.named([name])[name]?.execute?.({}, { toolCallId: "1", messages: [] });
  return { run, call };
}

test("what only reads or words is run at once, and all else when the answer is wanted", async () => {
  const wanted = gate<boolean>();
  const { run, call } = held(wanted.promise);
  const handoff = Promise.resolve(call("handoff"));
  await call("lookup");
  await call("offer_choices");
  expect(run).toEqual(["lookup", "offer_choices"]);
  wanted.open(true);
  expect(await handoff).toBe("handoff");
});

test("what has an effect fails, unrun, when the answer is not wanted", async () => {
  const { run, call } = held(Promise.resolve(false));
  await expect(call("handoff")).rejects.toThrow("not wanted");
  expect(run).toEqual([]);
});
