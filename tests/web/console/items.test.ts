import { describe, expect, it } from "vitest";
import type { ThreadTurn } from "../../../contracts/console/thread.ts";
import { itemsOf, newSince } from "../../../web/src/console/inbox/thread/items.ts";
import { handoff, threadMessage, view } from "./samples.ts";

const turn = (given: Partial<ThreadTurn>): ThreadTurn => ({
  id: "t",
  at: 0,
  state: "done",
  intent: null,
  confidence: null,
  rung: null,
  waitMs: null,
  costUsd: null,
  toolCalls: [],
  errors: [],
  ...given,
});
const shown = (given: Parameters<typeof view>[0]) => itemsOf(view(given));
const kinds = (given: Parameters<typeof view>[0]) => shown(given).map(({ kind }) => kind);

describe("the lines of a thread", () => {
  it("stand in order of time, below the name of their day", () => {
    const message = threadMessage({ at: Date.UTC(2026, 0, 15, 12) });
    const next = threadMessage({ at: Date.UTC(2026, 0, 16, 12) });
    const note = { id: "n", at: message.at + 1, operator: null, text: "VIP" };
    expect(kinds({ messages: [message, next], notes: [note] })).toEqual([
      "day",
      "message",
      "note",
      "day",
      "message",
    ]);
  });

  it("tell when a handoff was opened, taken and given back", () => {
    const all = handoff({ openedAt: 10, takenAt: 20, handedBackAt: 30 });
    const given = view();
    const items = itemsOf({ ...given, customer: { handoffs: [all] } });
    expect(items.flatMap((item) => (item.kind === "handoff" ? [item.event] : []))).toEqual([
      "opened",
      "taken",
      "back",
    ]);
  });

  it("leave out what is older than the messages that are loaded", () => {
    const message = threadMessage({ at: 1000 });
    const customer = { handoffs: [handoff({ openedAt: 999 })] };
    const given = { ...view({ messages: [message] }), customer };
    const has = (older: string | null) => itemsOf({ ...given, older }).some(({ kind }) => kind === "handoff");
    expect([has("x"), has(null)]).toEqual([false, true]);
  });

  it("show the turn under the last bubble of its reply, and one with an error and no reply by itself", () => {
    const messages = [
      threadMessage({ direction: "in", turnId: "t" }),
      threadMessage({ turnId: "t" }),
      threadMessage({ turnId: "t" }),
    ];
    const at = messages[0]?.at ?? 0;
    const items = shown({
      messages,
      turns: [turn({ at }), turn({ id: "u", at, errors: ["model_timeout"] }), turn({ id: "v", at })],
    });
    expect(items.flatMap((item) => (item.kind === "message" ? [item.turn?.id ?? null] : []))).toEqual([
      null,
      null,
      "t",
    ]);
    expect(items.flatMap((item) => (item.kind === "turn" ? [item.turn.id] : []))).toEqual(["u"]);
  });

  it("join bubbles of one author, but not those of two operators", () => {
    const by = (id: string | null) =>
      threadMessage({ author: "operator", operator: id === null ? null : { id, name: id } });
    const messages = [by("ana"), by("ana"), by("luis"), by(null)];
    const follows = shown({ messages }).flatMap((item) => (item.kind === "message" ? [item.follows] : []));
    expect(follows).toEqual([false, true, false, false]);
  });

  it("have no ticks on what the customer wrote", () => {
    const [, item] = shown({ messages: [threadMessage({ direction: "in" })] });
    expect(item?.kind === "message" && item.row.status).toBe(null);
  });
});

it("counts as new what others wrote since, without reactions and the operator's own", () => {
  const old = threadMessage();
  const own = threadMessage({ author: "operator", operator: { id: "ana", name: "Ana" } });
  const heart = threadMessage({ content: { kind: "reaction", waMessageId: "w", emoji: "❤️" } });
  const messages = [old, threadMessage(), own, heart, threadMessage()];
  expect(newSince(messages, old.at, "ana")).toBe(2);
});
