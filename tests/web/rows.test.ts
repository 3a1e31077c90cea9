import { expect, it } from "vitest";
import type { ChatMessage } from "../../contracts/chat.ts";
import { rowsOf } from "../../web/src/chat/rows.ts";
import { message } from "../browser/samples.ts";

const rows = (messages: ChatMessage[]) => rowsOf({ messages, turns: [], statuses: {}, readIds: [] });
const hola = message({ text: "Hola" });
const target = hola.waMessageId ?? "";
const reaction = (emoji: string, given: Partial<ChatMessage> = {}) =>
  message({
    type: "reaction",
    text: null,
    content: { kind: "reaction", waMessageId: target, emoji },
    ...given,
  });

it("shows the last reaction of each side on its message with who put it there, and none that failed", () => {
  const [row, ...others] = rows([
    hola,
    reaction("👍", { direction: "in" }),
    reaction("❤️", { direction: "in" }),
    reaction("😮"),
    reaction("✅", { author: "operator" }),
    reaction("🙏", { status: "withheld" }),
  ]);
  expect(row?.reactions).toEqual({ customer: "❤️", business: "✅", businessAuthor: "operator" });
  expect(others).toEqual([]);
});

it("removes a reaction when its emoji is empty", () => {
  const [row] = rows([hola, reaction("👍", { direction: "in" }), reaction("", { direction: "in" })]);
  expect(row?.reactions).toMatchObject({ customer: null, business: null });
});

it("gives a reaction that failed a bubble of its own, with its reason", () => {
  expect(rows([hola, reaction("👍", { status: "failed", metaCodes: [131009] })])).toHaveLength(2);
});

it("collects the tapped ids of a message from the replies to it", () => {
  const tap = (id: string): ChatMessage =>
    message({
      direction: "in",
      quoteWaMessageId: target,
      content: { kind: "tap", id, title: id, description: "" },
    });
  const [row] = rows([hola, tap("a"), tap("b"), tap("a")]);
  expect([...(row?.tapped ?? [])]).toEqual(["a", "b"]);
});
