import { expect, it } from "vitest";
import {
  type AnswerState,
  emptyAnswer,
  type Part,
  withPart,
} from "../../web/src/playground/state/answer-state.ts";

const after = (...parts: Part[]): AnswerState =>
  parts.reduce(withPart, emptyAnswer({ model: null, version: "live" }));
const words = (delta: string): Part => ({ type: "text-delta", delta });
const attempt = (rung: string): Part => ({ type: "data-attempt", data: { rung, model: "gpt-4o" } });

it("keeps the words of the step in progress alone", () => {
  expect(after(words("I look "), words("it up."), { type: "start-step" }, words("Here.")).words).toBe(
    "Here.",
  );
});

it("drops the words of a rung that failed, and says which it was", () => {
  const failed: Part = { type: "data-failed", data: { rung: "full", code: "http_500" } };
  const now = after(attempt("full"), words("Ha"), failed, attempt("fallback_model"), words("Hello"));
  expect(now.words).toBe("Hello");
  expect(now.attempts.map(({ failed: code }) => code)).toEqual(["http_500", null]);
});

it("puts what is told of a tool together by its id", () => {
  const data = { toolCallId: "call-1", simulated: true, withheld: false, ms: 12, failed: false };
  const now = after(
    { type: "tool-input-available", toolCallId: "call-1", toolName: "handoff", input: {} },
    { type: "tool-output-available", toolCallId: "call-1", output: { handoff: "opened" } },
    { type: "data-tool", data },
  );
  expect(now.tools).toEqual([
    {
      id: "call-1",
      name: "handoff",
      input: {},
      output: { handoff: "opened" },
      simulated: true,
      withheld: false,
      failed: false,
      ms: 12,
    },
  ]);
});

it("passes over parts that it does not know", () => {
  expect(after({ type: "reasoning-start" } as unknown as Part)).toEqual(after());
});
