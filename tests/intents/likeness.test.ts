import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { WEIGHTS } from "../../lib/intents/likeness/weights.ts";
import { intentByLikeness } from "../../lib/intents/local/by-likeness.ts";
import { decideLocally } from "../../lib/intents/local/decide.ts";
import { classifyStream } from "../../scripts/intents/classify.ts";
import { readPhrases } from "../../scripts/intents/phrases.ts";
import { trainWeights, weightsAt, weightsFile } from "../../scripts/intents/write.ts";

const FILE = new URL("../../lib/intents/likeness/weights.ts", import.meta.url);
const MAX_GZIP_BYTES = 150 * 1024;

describe("the weights", () => {
  it("are those of the phrases, byte for byte; after a change of the phrases: npm run intents", () => {
    const phrases = readPhrases();
    // What is sure takes five trainings more, on a part of the phrases each.
    const fresh = process.env.CI ? trainWeights(phrases).weights : weightsAt(phrases, WEIGHTS);
    expect(fresh.version).toBe(WEIGHTS.version);
    // No diff of a quarter of a million characters.
    expect(weightsFile(fresh) === readFileSync(FILE, "utf8")).toBe(true);
  }, 120_000);

  it("are small enough for a function", () => {
    expect(gzipSync(readFileSync(FILE)).length).toBeLessThanOrEqual(MAX_GZIP_BYTES);
  });
});

describe("an intent by likeness", () => {
  it.each([
    ["product_question", "quisiera saber cuanto me sale una casaca"],
    ["order_status", "amigo cuando va a llegar mi encomenda 4411"],
    ["complaint", "the blanket you sent me came damaged"],
    ["human_handoff", "oi, queria falar com alguém da equipe por favor"],
    ["thanks_goodbye", "perfecto muchas gracias por la info, saludos"],
  ])("is %s for other words than its phrases'", (intent, text) => {
    expect(intentByLikeness(text, false)).toMatchObject({ intent, sure: true });
  });

  it.each([
    ["several requests", "cuanto cuesta un poncho? y mi pedido 1042 llegó roto"],
    ["a negation that no phrase has", "no quiero hablar con una persona"],
    ["wanting nobody", "no quiero hablar con un humano"],
    ["wanting nobody, in Portuguese", "não quero falar com uma pessoa"],
    ["what only sounds like an intent", "mi pedido llegó bien, muchas gracias"],
    ["what a shop does not do", "cuéntame quién ganó el partido"],
    ["a number alone", "1042"],
    ["nothing", ""],
    ["words that it never saw", "xylofón krrp zzyx"],
    ["a long story", "quiero comprar ".repeat(40)],
  ])("leaves %s to the model", (_, text) => {
    expect(intentByLikeness(text, false).sure).toBe(false);
  });

  it("leaves what may answer our question to the model, and decides a whole request behind one", () => {
    expect(intentByLikeness("muchas gracias amigo", false).sure).toBe(true);
    expect(intentByLikeness("muchas gracias amigo", true).sure).toBe(false);
    expect(intentByLikeness("el poncho rojo", true).sure).toBe(false);
    expect(intentByLikeness("quisiera saber cuanto cuesta el envio a Lima", true).sure).toBe(true);
  });
});

describe("a local decision", () => {
  it("is by words first, by likeness next, and else left to the model", () => {
    const asked = { answersQuestion: false, before: null, expected: null };
    expect(decideLocally({ ...asked, text: "Hola!!" })).toEqual({
      ...{ intent: "greeting", confidence: 1, language: "es", decidedBy: "words" },
    });
    const likely = decideLocally({ ...asked, text: "queria saber o preço do suéter azul" });
    expect(likely).toMatchObject({ intent: "product_question", language: "pt", decidedBy: "likeness" });
    expect(decideLocally({ ...asked, text: "mmm" })).toMatchObject({ intent: null, decidedBy: "likeness" });
  });
});

/** Classifies these lines as the command does. */
async function classified(input: string | Readable) {
  const printed: unknown[] = [];
  const complaints: string[] = [];
  const good = await classifyStream({
    input: typeof input === "string" ? Readable.from([input]) : input,
    print: (line) => void printed.push(JSON.parse(line)),
    complain: (text) => void complaints.push(text),
  });
  return { printed, complaints, good };
}

describe("npm run intents -- classify", () => {
  it("prints a line for each text, in order, however the bytes come", async () => {
    const text =
      '{"text":"hola"}\r\n\n{"text":"¿dónde está mi pedido 7?","language":"es"}\n{"text":"la negra","answersQuestion":true}';
    const bytes = Buffer.from(text);
    const single = Readable.from(Array.from(bytes, (_, at) => bytes.subarray(at, at + 1)));
    const { printed, good } = await classified(single);
    expect(good).toBe(true);
    expect(printed).toEqual([
      { intent: "greeting", confidence: 1, language: "es", decidedBy: "words" },
      { intent: "order_status", confidence: 1, language: "es", decidedBy: "words" },
      { intent: null, confidence: expect.any(Number), language: "es", decidedBy: "likeness" },
    ]);
  });

  it("names each bad line and loses none of the others; no complaint repeats a customer's words", async () => {
    const bad = [
      "{secret",
      "[]",
      "null",
      '"secret"',
      '{"text":3}',
      '{"text":"secret","language":"secret"}',
      "{}",
    ];
    const lines = ['{"text":"hola"}', ...bad, '{"text":"oi"}'];
    const { printed, complaints, good } = await classified(lines.join("\n"));
    expect(good).toBe(false);
    expect(printed).toMatchObject([{ language: "es" }, { language: "pt" }]);
    expect(complaints.map((complaint) => complaint.split(":")[0])).toEqual(
      bad.map((_, at) => `line ${at + 2}`),
    );
    expect(complaints.join()).not.toContain("secret");
  });

  it("takes texts that are strange", async () => {
    const texts = ["", " ", "😀", "\u0000\ud800", "a".repeat(100_000), "no ".repeat(50_000), "⁣", "١٢٣"];
    const { printed, good } = await classified(texts.map((text) => JSON.stringify({ text })).join("\n"));
    expect(good).toBe(true);
    expect(printed).toHaveLength(texts.length);
  });
});
