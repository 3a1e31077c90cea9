import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { INTENTS } from "../../lib/intents/table.ts";
import { foldText } from "../../lib/language/fold.ts";
import { readPhraseFiles } from "../../scripts/intents/phrases.ts";
import { nearTo } from "./labelled/near.ts";
import { halfOf, type LabelledFile, readLabelled } from "./labelled/read.ts";

const whatsapp = readLabelled("whatsapp");
const traps = readLabelled("traps");
const shop = readLabelled("shop");
const petshop = readLabelled("petshop");
const language = readLabelled("language");

const FILES: LabelledFile[] = ["whatsapp", "traps", "shop", "petshop", "language"];
const LANGUAGES = ["es", "en", "pt"] as const;

/** A text as a reader would take it: without case, accents, punctuation. */
const plain = (text: string) =>
  foldText(text)
    .replace(/[^\p{L}\p{N}\p{Extended_Pictographic}]+/gu, " ")
    .trim() || text;

const repeated = (texts: string[]) => texts.filter((text, at) => texts.indexOf(text) !== at);

const share = (lines: { language: string }[], of: string) =>
  lines.filter((line) => line.language === of).length / lines.length;

/** The table of README.md: lines by intent and language. */
function table(lines: { intent: string; language: string }[]): string {
  const count = (intent: string | null, of: string | null) =>
    lines.filter((line) => (intent ?? line.intent) === line.intent && (of ?? line.language) === line.language)
      .length;
  const row = (name: string, intent: string | null) =>
    `| ${[name, ...[...LANGUAGES, null].map((of) => count(intent, of))].join(" | ")} |`;
  return [
    ...["| intent | es | en | pt | all |", "|---|---|---|---|---|"],
    ...INTENTS.map(({ name }) => row(`\`${name}\``, name)),
    row("all", null),
  ].join("\n");
}

describe("the labelled messages", () => {
  it("are as many as promised, in the languages promised", () => {
    expect(whatsapp.length).toBeGreaterThanOrEqual(360);
    expect(traps.length).toBeGreaterThanOrEqual(130);
    const parts = [...Array<string>(100).fill("learn"), ...Array<string>(200).fill("evaluate")];
    for (const lines of [shop, petshop]) expect(lines.map(({ part }) => part)).toEqual(parts);
    expect(language).toHaveLength(220);
    expect(LANGUAGES.map((of) => share(whatsapp, of))).toEqual([0.5, 0.25, 0.25].map(near(0.02)));
    expect(LANGUAGES.map((of) => share(language, of))).toEqual([0.4, 0.3, 0.3].map(near(0.02)));
  });

  it("have every intent in every language, order status most often, and a tenth out of scope", () => {
    const count = (name: string, of?: string) =>
      whatsapp.filter((line) => line.intent === name && (of ?? line.language) === line.language).length;
    for (const { name } of INTENTS)
      for (const of of LANGUAGES) expect(count(name, of), `${name} in ${of}`).toBeGreaterThanOrEqual(5);
    expect(Math.max(...INTENTS.map(({ name }) => count(name)))).toBe(count("order_status"));
    expect(count("out_of_scope") / whatsapp.length).toEqual(near(0.02)(0.1));
  });

  it("are counted in README.md", () => {
    const readme = readFileSync(new URL("./labelled/README.md", import.meta.url), "utf8");
    for (const lines of [whatsapp, traps, shop, petshop]) expect(readme).toContain(table(lines));
    const halves = [whatsapp, traps].map((lines) => lines.filter(({ half }) => half === "tune").length);
    expect(readme).toContain(`\`whatsapp\` ${halves[0]} of ${whatsapp.length}`);
    expect(readme).toContain(`\`traps\` ${halves[1]} of ${traps.length}`);
  });

  it("repeat no text, apart from accents, case and punctuation", () => {
    expect(repeated([...whatsapp, ...traps].map(({ text }) => plain(text)))).toEqual([]);
    expect(repeated(shop.map(({ text }) => plain(text)))).toEqual([]);
    expect(repeated(language.map(({ text }) => plain(text)))).toEqual([]);
  });

  it("are in the half that the hash says, pairs together", () => {
    for (const { text, half } of whatsapp) expect(half, text).toBe(halfOf(text));
    for (const { text, pair, half } of traps) {
      const first = traps.find((line) => line.pair === pair)?.text ?? "";
      expect(half, text).toBe(halfOf(first));
    }
  });

  it("are in no file of phrases, not in nearly the same words either", () => {
    const near = nearTo(readPhraseFiles().map(({ text }) => text));
    for (const { text } of [...whatsapp, ...traps, ...shop, ...petshop])
      expect(near(text), text).toBeUndefined();
  });

  it("would be found among the phrases in another order, spelling or with another number", () => {
    const near = nearTo(["¿a qué hora llega hoy mi pedido 1042?", "ya, gracias amigo"]);
    expect(near("a q hora llega mi pedido 77 hoy??")).toBeDefined();
    expect(near("YA GRACIAS AMIGO")).toBeUndefined();
    expect(near("a qué hora abren el domingo en Lima")).toBeUndefined();
  });

  it("name no second right intent that is the first", () => {
    for (const { text, intent, alsoRight = [] } of traps)
      expect(new Set([intent, ...alsoRight]).size, text).toBe(1 + alsoRight.length);
  });

  it("have one to three words where only the language is asked", () => {
    for (const { text } of language) expect(text.split(" ").length, text).toBeLessThanOrEqual(3);
  });

  it.each(FILES)("hold no phone number, address or link: %s", (file) => {
    for (const { text } of readLabelled(file)) {
      expect(text.replace(/(?<=\d)[\s().-]+(?=\d)/g, ""), text).not.toMatch(/\d{7}/);
      expect(text, text).not.toMatch(/@|https?:|www\.|\.(?:com|pe|es|br)\b/i);
    }
  });
});

/** A number that is at most so far from another. */
function near(distance: number) {
  return (value: number): unknown => expect.closeTo(value, -Math.log10(2 * distance));
}
