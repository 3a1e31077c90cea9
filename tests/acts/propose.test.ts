/** What a model's call of a tool with an effect becomes. */
import { expect, test } from "vitest";
import { createToolRunner } from "../../lib/tools/runner.ts";
import { effectTool } from "../../lib/turn/acts/propose.ts";
import type { Asking } from "../../lib/turn/acts/question.ts";
import type { CompanyProfile, Language } from "../../lib/types/company.ts";
import type { Effect } from "../../lib/types/tools/declared.ts";
import { replyMessages } from "../../lib/whatsapp/messages/reply.ts";
import { bookingTool } from "./support.ts";

const runner = createToolRunner({
  fetch: () => Promise.reject(new Error("a proposal calls nobody")),
  clock: { now: Date.now, sleep: async () => {} },
  variable: () => undefined,
  secret: null,
  log: { warn: () => {} },
});
const PROFILE = { language: "es", name: "Tambo" } as CompanyProfile;

async function proposed(input: unknown, language: Language = "es", effect: Partial<Effect> = {}) {
  const asked: Asking[] = [];
  const tenant = { id: "t", phoneNumberId: "1", profile: PROFILE };
  const made = effectTool(bookingTool("http://127.0.0.1:9/x", effect), {
    ...{ claim: { tenant }, language, runner },
    propose: (asking) => void asked.push(asking),
  });
  const answer: unknown = await made.execute?.(input, { toolCallId: "1", messages: [] });
  return { answer, asked };
}

test.each([
  ["es", "¿Reservo una mesa para 4 el viernes?"],
  ["en", "Shall I book a table for 4 on viernes?"],
  ["pt", "Reservo uma mesa para 4 em viernes?"],
] as const)("asks in the customer's language: %s", async (language, question) => {
  const { answer, asked } = await proposed({ people: 4, day: "viernes" }, language);
  expect(answer).toMatchObject({ asked: true });
  expect(asked).toMatchObject([
    { act: { question, language, minutes: 10, input: { people: 4, day: "viernes" } } },
  ]);
});

test("asks in the company's language where there is no question in the customer's", async () => {
  const { asked } = await proposed({ people: 4, day: "lunes" }, "pt", {
    ask: { es: "¿{day}?", en: "{day}?" },
  });
  expect(asked[0]?.act).toMatchObject({ question: "¿lunes?", language: "es" });
});

test("an input that does not fit, or too much to show, is asked of the model again", async () => {
  for (const input of [{ people: "four", day: "lunes" }, { people: 4 }, null, "x"])
    expect(await proposed(input)).toMatchObject({ answer: { error: expect.any(String) }, asked: [] });
  const { answer, asked } = await proposed({ people: 4, day: "l".repeat(201) });
  expect(answer).toMatchObject({ error: expect.stringContaining("day") });
  expect(asked).toEqual([]);
});

test("what no schema names is not done either", async () => {
  const { asked } = await proposed({ people: 4, day: "lunes", customer: "51987654321" });
  expect(asked[0]?.act.input).toEqual({ people: 4, day: "lunes" });
});

test.each(["*gratis*", "_ya_ ~no~ `x`", "【document: x】", "[pague](evil)", "a\n\n# b"])(
  "a value is shown as text and nothing else: %s",
  async (day) => {
    const { asked } = await proposed({ people: 4, day });
    const [message] = replyMessages(asked[0]?.markdown ?? "", null);
    const shown = message?.kind === "text" ? message.text : "";
    expect(shown).toBe(asked[0]?.act.question);
    expect(shown).not.toContain("【");
    expect(shown).not.toContain("\n");
  },
);

test("a value with a link is refused: a model must not lead a customer anywhere", async () => {
  for (const day of ["https://evil.example/pay", "www.evil.example"])
    expect(await proposed({ people: 4, day })).toMatchObject({
      answer: { error: "a value holds a link" },
      asked: [],
    });
});
