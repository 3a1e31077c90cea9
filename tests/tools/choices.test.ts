import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ReplyExtra } from "../../lib/types/outbound.ts";
import { createChoices } from "../../tools/choices.ts";
import { toolContext } from "./context.ts";

type Choices = Extract<ReplyExtra, { kind: "choices" }>;

async function offer(
  options: { title: string; description?: string }[],
  { button, language = "es" }: { button?: string; language?: "es" | "en" | "pt" } = {},
) {
  const context = toolContext({ language });
  const answer = await createChoices(context).execute?.(
    { options, ...(button === undefined ? {} : { button }) },
    { toolCallId: "1", messages: [] },
  );
  const offered = context.offers.filter((extra): extra is Choices => extra.kind === "choices");
  return { answer, offered };
}

const titles = (count: number) => Array.from({ length: count }, (_, index) => ({ title: `Talla ${index}` }));

describe("offering choices", () => {
  it("puts the options under the reply, with ids that say place and words", async () => {
    const { answer, offered } = await offer(
      [{ title: "Poncho  Ausangate", description: "Alpaca,\nrojo" }, { title: "Chompa Ñandú 🦙" }],
      { button: "Ver productos" },
    );
    expect(offered).toEqual([
      {
        kind: "choices",
        options: [
          { id: "1-poncho-ausangate", title: "Poncho Ausangate", description: "Alpaca, rojo" },
          { id: "2-chompa-nandu", title: "Chompa Ñandú 🦙" },
        ],
        button: "Ver productos",
      },
    ]);
    expect(answer).toMatchObject({ shown: 2 });
  });

  it.each([
    ["es", "Ver opciones"],
    ["en", "See options"],
    ["pt", "Ver opções"],
  ] as const)(
    "labels the list in %s when the model's label is missing or too long",
    async (language, label) => {
      for (const button of [undefined, "", "See all of the many options"]) {
        const { offered } = await offer(titles(2), { language, ...(button === undefined ? {} : { button }) });
        expect(offered[0]?.button).toBe(label);
      }
    },
  );

  it("keeps one of two titles that read alike, and none that is empty", async () => {
    const { offered } = await offer([
      { title: "Rojo" },
      { title: "**rojo** " },
      { title: " \n" },
      { title: "Azul" },
    ]);
    expect(offered[0]?.options.map(({ title }) => title)).toEqual(["Rojo", "Azul"]);
  });

  it("leaves out a description that is too long, rather than cut its sense", async () => {
    const { offered } = await offer([
      { title: "A", description: "x".repeat(73) },
      { title: "B", description: "" },
    ]);
    expect(offered[0]?.options).toEqual([
      { id: "1-a", title: "A" },
      { id: "2-b", title: "B" },
    ]);
  });

  it.each([
    ["one option", [{ title: "Rojo" }]],
    ["two that are the same", [{ title: "Rojo" }, { title: "rojo" }]],
    ["eleven", titles(11)],
    ["a title that is a sentence", [{ title: "x".repeat(61) }, { title: "B" }]],
  ])("offers nothing for %s, and says what to do instead", async (_case, options) => {
    const { answer, offered } = await offer(options);
    expect(offered).toEqual([]);
    expect(answer).toEqual({ error: expect.any(String), hint: expect.stringContaining("words") });
  });

  it("gives ids where the title has no letter of the alphabet", async () => {
    const { offered } = await offer([{ title: "🦙" }, { title: "安第斯" }]);
    expect(offered[0]?.options.map(({ id }) => id)).toEqual(["1", "2"]);
  });

  it("stays within every bound, whatever the model says", async () => {
    const text = fc.string({ unit: "binary", maxLength: 90 });
    const options = fc.array(fc.record({ title: text, description: text }), { maxLength: 14 });
    await fc.assert(
      fc.asyncProperty(options, text, async (said, button) => {
        const { answer, offered } = await offer(said, { button });
        expect(offered).toHaveLength(answer && "error" in answer ? 0 : 1);
        for (const { options: shown, button: label } of offered) {
          expect(shown.length).toBeGreaterThanOrEqual(2);
          expect(shown.length).toBeLessThanOrEqual(10);
          expect(new Set(shown.map(({ id }) => id)).size).toBe(shown.length);
          expect(new Set(shown.map(({ title }) => title)).size).toBe(shown.length);
          expect(label).toMatch(/^.{1,20}$/su);
          for (const { id, title, description = "-" } of shown) {
            expect(id).toMatch(/^\d{1,2}(-[a-z0-9-]{1,40})?$/);
            for (const [part, most] of [
              [title, 60],
              [description, 72],
            ] as const) {
              expect(part.length).toBeGreaterThan(0);
              expect(part.length).toBeLessThanOrEqual(most);
              expect(part).not.toMatch(/\p{Cc}|^\s|\s$/u);
              expect(part.isWellFormed()).toBe(true);
            }
          }
        }
      }),
      { verbose: true },
    );
  });
});
