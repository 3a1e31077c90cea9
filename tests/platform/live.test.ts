import { expect, test } from "vitest";
import type { ChatMessage } from "../../contracts/chat.ts";
import { createLive, difference, type LiveEvent } from "../../fakes/simulator/live.ts";
import { EMPTY_SNAPSHOT, type Snapshot } from "../../fakes/simulator/reads.ts";

const bubble: ChatMessage = {
  id: "1",
  waMessageId: "wamid.1",
  direction: "out",
  author: "bot",
  text: "hola",
  type: "text",
  content: null,
  reading: null,
  at: 1,
  quoteWaMessageId: null,
  status: "sent",
  metaCodes: [],
  turnId: null,
};
const shown: Snapshot = { ...EMPTY_SNAPSHOT, conversationId: "c", messages: [bubble] };

test("tells a new message whole, a later status alone, and nothing twice", () => {
  const read: Snapshot = { ...shown, messages: [{ ...bubble, status: "read" }] };
  expect(difference(EMPTY_SNAPSHOT, shown)).toEqual([{ name: "message", data: bubble }]);
  expect(difference(shown, read)).toEqual([
    { name: "status", data: { waMessageId: "wamid.1", status: "read" } },
  ]);
  expect(difference(read, read)).toEqual([]);
});

test("tells a message whole again when it got its id, and a conversation that changed hands", () => {
  const draft: Snapshot = { ...shown, messages: [{ ...bubble, waMessageId: null, status: "pending" }] };
  expect(difference(draft, shown).map((event) => event.name)).toEqual(["message"]);
  const human: Snapshot = { ...shown, conversation: { status: "human", handoff: null } };
  expect(difference(shown, human)).toEqual([{ name: "conversation", data: human.conversation }]);
});

test("tells everything there is to who comes, then only what is new, and nothing to who left", async () => {
  let current = shown;
  const events: LiveEvent[] = [];
  const live = createLive(
    async () => current,
    () => undefined,
  );
  const stop = live.subscribe("51987654321", (event) => events.push(event));
  await expect.poll(() => events.length).toBe(1);
  current = { ...shown, messages: [bubble, { ...bubble, id: "2" }] };
  live.refresh();
  live.refresh();
  await expect.poll(() => events.length).toBe(2);
  live.emit("51987654321", { name: "typing", data: { waMessageId: "wamid.1", untilMs: 1 } });
  live.emit("15551234567", { name: "typing", data: { waMessageId: "wamid.1", untilMs: 1 } });
  expect(events.map((event) => event.name)).toEqual(["message", "message", "typing"]);
  stop();
  live.emit("51987654321", { name: "typing", data: { waMessageId: "wamid.1", untilMs: 1 } });
  expect(events).toHaveLength(3);
});

test("a read that fails is reported and the next one tells what was missed", async () => {
  const events: LiveEvent[] = [];
  const errors: unknown[] = [];
  let fail = true;
  const read = async () => {
    if (fail) throw new Error("down");
    return shown;
  };
  const live = createLive(read, (error) => errors.push(error));
  live.subscribe("51987654321", (event) => events.push(event));
  await expect.poll(() => errors.length).toBe(1);
  fail = false;
  live.refresh();
  await expect.poll(() => events.length).toBe(1);
});
