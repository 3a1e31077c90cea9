import { describe, expect, it } from "vitest";
import { asksForPerson } from "../../lib/intents/asks-for-person.ts";
import { humanHandoff } from "../../lib/intents/human-handoff.ts";
import {
  apology,
  closedToday,
  failedAgain,
  handoffOpened,
  limitNotice,
  optedIn,
  optedOut,
  repeating,
} from "../../lib/language/texts.ts";
import { optChoice } from "../../lib/whatsapp/inbound/opt.ts";

const LANGUAGES = ["es", "en", "pt"] as const;

describe("the fixed texts", () => {
  it("say everything in three different ways", () => {
    for (const text of [apology, failedAgain, handoffOpened, closedToday, repeating, optedOut, optedIn])
      expect(new Set(LANGUAGES.map((language) => text(language))).size).toBe(3);
  });

  it.each(LANGUAGES)("offer, in the apology in %s, the very word that reaches a person", (language) => {
    const offered = /\*\*(\S+)\*\*/.exec(apology(language))?.[1] ?? "";
    expect(asksForPerson(offered)).toBe(true);
  });

  it.each([
    [0, "1 second."],
    [1, "1 second."],
    [1.2, "2 seconds."],
    [59, "59 seconds."],
    [99, "99 seconds."],
    [100, "2 minutes."],
    [120, "2 minutes."],
    [3601, "61 minutes."],
  ])("say a wait of %d s as %s", (seconds, wait) => {
    expect(limitNotice("en", seconds)).toContain(`in ${wait}`);
  });

  it("say the wait in the customer's language", () => {
    expect(limitNotice("es", 30)).toContain("en 30 segundos");
    expect(limitNotice("pt", 1)).toContain("em 1 segundo.");
  });
});

describe("asking for a person by words alone", () => {
  const asking = [
    "persona",
    "PERSONA!!",
    "quiero hablar con una persona por favor",
    "pásame con un asesor",
    "necesito hablar con alguien",
    "agent",
    "I want to speak to a human",
    "can I talk to someone?",
    "atendente",
    "quero falar com uma pessoa",
    "posso falar com alguém?",
    "【voice note】 quiero hablar con una persona",
    '【in reply to: "Hola (buttons: Sí | No)"】 persona',
    `【in reply to: "${"x".repeat(300)}"】 persona`,
  ];
  it.each(asking)("hears it in %j", (text) => {
    expect(asksForPerson(text)).toBe(true);
  });

  it("hears most examples of the intent", () => {
    const examples = Object.values(humanHandoff.examples).flat();
    expect(examples.filter((example) => asksForPerson(example)).length / examples.length).toBeGreaterThan(
      0.6,
    );
  });

  it.each([
    "hola",
    "¿cuánto cuesta por persona?",
    "is the blanket big enough for one person?",
    "quiero un regalo para una persona especial",
    "personalizado",
    "my order 1042",
    `persona ${"x".repeat(300)}`,
    "【contact: Agent Smith, +15551234567】",
    '【in reply to: "Si prefieres, escribe persona (buttons: Persona | No)"】 no, gracias',
    "【document: person.pdf】 【a kind of file that no person can open】",
    "【".repeat(5_000),
    "",
  ])("does not hear it in %j", (text) => {
    expect(asksForPerson(text)).toBe(false);
  });
});

it.each(LANGUAGES)("the word that takes an opt-out back in %s is understood as that", (language) => {
  const [, word = ""] = /\*\*(.+?)\*\*/.exec(optedOut(language)) ?? [];
  expect(optChoice({ type: "text", text: word, groupId: null })).toBe("start");
});
