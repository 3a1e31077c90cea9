import { describe, expect, it } from "vitest";
import { replyPrompt } from "../../lib/intents/prompts.ts";
import { INTENTS } from "../../lib/intents/table.ts";
import { repeatsPrompt } from "../../lib/turn/outgoing/prompt-run.ts";

const profile = {
  name: "Tambo Andino Textiles",
  about:
    "tejidos de alpaca y café de especialidad de familias de los Andes peruanos, con envíos a todo el mundo",
  tone: "cálido, breve y claro; trata de tú; a lo más un emoji por mensaje",
  hours: "lunes a sábado de 10:00 a 20:00, domingos de 11:00 a 17:00 (hora de Perú)",
  contact: "hola@tambo.example, +51 987 654 321, Av. Larco 1234, Miraflores",
  ...{ timeZone: "America/Lima", language: "es" as const },
};
const facts = Object.values(profile);
const promptOf = (intent: (typeof INTENTS)[number]) =>
  replyPrompt(intent, {
    ...{ profile, language: "es", nowLocal: "Friday 2026-03-06 14:05", marks: true },
  });
/** The prompt's own text, in stretches between facts of the company. */
const ownText = (prompt: string) =>
  facts.reduce((parts, fact) => parts.flatMap((part) => part.split(fact)), [prompt]);

describe("a run of 40 characters of the prompt", () => {
  it.each(INTENTS)("of $name is seen, wherever it begins", (intent) => {
    const step = 5;
    const prompt = promptOf(intent);
    const missed = ownText(prompt).flatMap((part) =>
      Array.from({ length: Math.max(0, Math.ceil((part.length - 39) / step)) }, (_, at) =>
        part.slice(at * step, at * step + 40),
      ).filter((run) => !repeatsPrompt(`Claro: ${run}`, prompt, facts)),
    );
    expect(missed).toEqual([]);
  });

  it.each([
    ["in capitals", (text: string) => text.toUpperCase()],
    ["with accents", (text: string) => text.replaceAll("e", "é").replaceAll("o", "ö")],
    ["spaced out", (text: string) => [...text].join(" ")],
    ["in code and lists", (text: string) => text.replace(/ /g, "\n- `")],
    [
      "in full width",
      (text: string) =>
        text.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
    ],
    ["in letters of another script", (text: string) => text.replaceAll("a", "а").replaceAll("o", "о")],
  ])("is seen %s", (_case, written) => {
    for (const intent of INTENTS) {
      const prompt = promptOf(intent);
      expect(repeatsPrompt(written(prompt.slice(0, 300)), prompt, facts)).toBe(true);
      expect(repeatsPrompt(written(intent.prompt), prompt, facts)).toBe(true);
    }
  });

  it.each([
    ...facts,
    `Soy el asistente virtual de ${profile.name}. Vendemos ${profile.about}.`,
    `I am the virtual assistant of ${profile.name}. We sell ${profile.about}.`,
    `Opening hours: ${profile.hours}. Other ways to reach a person: ${profile.contact}`,
    `Name: ${profile.name}\nAbout: ${profile.about}`,
    "I cannot find that order under your number. Could you check it, please? I can also pass you to a person.",
    "A person from the team will reply in this same chat; there is no need to repeat anything.",
    "Hello Ana! I can help you with your orders, our products and shipping. What do you need?",
  ])("is none of the company's facts, and nothing that an honest reply says: %s", (text) => {
    for (const intent of INTENTS) expect(repeatsPrompt(text, promptOf(intent), facts)).toBe(false);
  });
});
