import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { INTENTS } from "../../lib/intents/table.ts";
import { guessLanguage } from "../../lib/language/guess.ts";
import type { Language } from "../../lib/types/company.ts";
import { halfOf, readLabelled } from "./labelled/read.ts";
import { DEVELOPMENT, HELD_OUT } from "./short-texts.ts";

const PHONES = { es: "51987654321", en: "17865550123", pt: "5511987654321" };
const hints = { known: null, phone: null, company: "es" } as const;

describe("guessing the language", () => {
  it.each([
    ["¿dónde está mi pedido?", "es"],
    ["donde esta mi pedido", "es"],
    ["quiero una chompa", "es"],
    ["cuanto cuesta el envio", "es"],
    ["no me llega el paquete", "es"],
    ["where is my order", "en"],
    ["how much is it", "en"],
    ["do u have ponchos?", "en"],
    ["hello", "en"],
    ["onde está meu pedido?", "pt"],
    ["quanto custa o frete", "pt"],
    ["voces entregam em casa", "pt"],
    ["nao chegou ainda", "pt"],
    ["obrigada!", "pt"],
  ] as const)("reads %j as %s", (text, language) => {
    const company = language === "es" ? "en" : "es";
    expect(guessLanguage(text, { ...hints, company })).toBe(language);
  });

  it("leaves letters without a vowel to the hints", () => {
    for (const text of ["ctm", "ntp", "xD"])
      expect(guessLanguage(text, { known: "pt", phone: PHONES.es, company: "en" }), text).toBe("pt");
  });

  it("reads nearly all examples of the intents, with no hint to help", () => {
    const examples = INTENTS.flatMap(({ examples }) => Object.entries(examples)).flatMap(
      ([language, phrases]) =>
        phrases.filter((phrase) => phrase.split(" ").length >= 3).map((phrase) => ({ language, phrase })),
    );
    const wrong = examples.filter(
      ({ language, phrase }) =>
        guessLanguage(phrase, { ...hints, company: language === "es" ? "pt" : "es" }) !== language,
    );
    expect(wrong.length / examples.length).toBeLessThan(0.04);
  });

  it.each([
    ["Thx!!", "en"],
    ["obg", "pt"],
    ["blz", "pt"],
    ["vlw", "pt"],
    ["xfa", "es"],
    ["disponible?", "es"],
    ["available?", "en"],
    ["disponível?", "pt"],
    ["en azul?", "es"],
    ["tenéis?", "es"],
    ["me urge", "es"],
    ["buenass", "es"],
    ["¡qué bueno!", "es"],
    ["jajajaj", "es"],
    ["hru?", "en"],
    ["nvm", "en"],
    ["tmj", "pt"],
    ["flw bjs", "pt"],
    ["parabéns", "pt"],
    ["percebido", "pt"],
  ] as const)("reads %j as %s against every hint", (text, language) => {
    for (const other of (["es", "en", "pt"] as const).filter((each) => each !== language))
      expect(guessLanguage(text, { known: null, phone: PHONES[other], company: other })).toBe(language);
  });

  it.each([
    ["those the vocabulary was extended for", DEVELOPMENT, 0.93],
    ["those it was not", HELD_OUT, 0.76],
  ] as const)(
    "reads texts of up to three words against a hint for another language: %s",
    (_, texts, least) => {
      const tried = (["es", "en", "pt"] as const).flatMap((language) =>
        texts[language].flatMap((text) =>
          (["es", "en", "pt"] as const)
            .filter((company) => company !== language)
            .map((company) => guessLanguage(text, { ...hints, company }) === language),
        ),
      );
      const share = tried.filter(Boolean).length / tried.length;
      expect(share, `${(share * 100).toFixed(1)} %`).toBeGreaterThanOrEqual(least);
    },
  );

  it.each(["tune", "test"] as const)(
    "reads labelled texts of up to three words without a hint: %s half",
    (half) => {
      const texts = readLabelled("language").filter(
        ({ text }) => halfOf(text) === half && /\p{L}/u.test(text),
      );
      const right = texts.filter(({ text, language }) => guessLanguage(text, hints) === language);
      const share = right.length / texts.length;
      expect(share, `${(share * 100).toFixed(1)} % of ${texts.length}`).toBeGreaterThanOrEqual(0.94);
    },
  );

  it("falls back on what is known, then on the phone, then on the company", () => {
    for (const text of [null, "", "1042", "ok 👍", "🦙"]) {
      expect(guessLanguage(text, { known: "pt", phone: "15551234567", company: "es" })).toBe("pt");
      expect(guessLanguage(text, { known: null, phone: "15551234567", company: "es" })).toBe("en");
    }
    expect(guessLanguage("1042", { known: null, phone: "49301234567", company: "pt" })).toBe("pt");
  });

  it("lets the hint decide between languages that share the words", () => {
    expect(guessLanguage("pedido", { ...hints, known: "pt" })).toBe("pt");
    expect(guessLanguage("pedido", { ...hints, known: "en", phone: "5511987654321" })).toBe("pt");
    expect(guessLanguage("pedido", { ...hints, known: "en", phone: "15551234567" })).toBe("es");
  });

  it.each([
    ["5511987654321", "pt"],
    ["351912345678", "pt"],
    ["258841234567", "pt"],
    ["51987654321", "es"],
    ["34612345678", "es"],
    ["593991234567", "es"],
    ["17875551234", "es"],
    ["15551234567", "en"],
    ["447911123456", "en"],
  ] as const)("takes %s for a phone of %s", (phone, language: Language) => {
    expect(guessLanguage(null, { known: null, phone, company: language === "es" ? "en" : "es" })).toBe(
      language,
    );
  });

  it("never fails, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 3000 }), fc.string(), (text, phone) => {
        expect(["es", "en", "pt"]).toContain(guessLanguage(text, { known: null, phone, company: "es" }));
      }),
      { verbose: true },
    );
  });
});
