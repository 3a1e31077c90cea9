import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { classificationIn } from "../../lib/intents/read-classification.ts";
import { intentSchema } from "../../lib/intents/schema.ts";
import { INTENTS } from "../../lib/intents/table.ts";
import { runs } from "../support/seed.ts";

const read = (answer: string) => {
  const json = classificationIn(answer, "pt");
  return json === null ? null : intentSchema.parse(JSON.parse(json));
};

const WANTED = { intent: "human_handoff", confidence: 0.97, language: "es" };

describe("a classification is read", () => {
  test.each([
    'Sure! Here is the JSON: {"intent":"human_handoff","confidence":0.97,"language":"es"} Anything else?',
    '```json\n{"intent":"human_handoff","confidence":0.97,"language":"es"}\n```',
    '{"intent":"human_handoff","confidence":"0.97","language":"es"}',
    '{"intent":"human_handoff","confidence":97,"language":"es-PE"}',
    '{"intent":"Human Handoff","confidence":"97%","language":"Spanish"}',
    '{"INTENT":"HUMAN-HANDOFF","CONFIDENCE":"0,97","LANGUAGE":"Español (Perú)"}',
    '[{"intent":"human_handoff","confidence":0.97,"language":"es"},{"intent":"complaint","confidence":0.02,"language":"es"}]',
    '{"classification":{"intent":"human_handoff","confidence_score":0.97,"lang":"es_419"}}',
    '{"name":"classification","arguments":{"intent":"human_handoff","confidence":0.97,"language":"es"}}',
    '{"intent":"human_handoff","confidence":0.97,"language":"es","alternatives":[{"intent":"complaint","confidence":0.1}]}',
    '<think>{"intent":"complaint","confidence":0.9}? No.</think>{"intent":"human_handoff","confidence":"97/100","language":"spa"}',
    "{'intent': 'human_handoff', 'confidence': 0.97, 'language': 'es',}",
    '{intent: "human_handoff", confidence: .97e0 , "confidence": 0.97, language: "es"}',
    '{"intent":"human_handoff","confidence":0.97,"language":"es"',
    "**Intent:** human_handoff\n**Confidence:** 0.97\n**Language:** es",
    "intent: human_handoff\nconfidence: 97 %\nlanguage: español",
    "<intent>human_handoff</intent><confidence>0.97</confidence><language>es</language>",
    "| intent | human_handoff |\n| confidence | 0.97 |\n| language | Peruvian Spanish |",
    '{"intent":["human_handoff"],"confidence":0.97,"language":"es"}',
    '{"intent":"human_handoff (they ask for somebody)","confidence":0.97,"language":"es"}',
    "intent=human_handoff; confidence=0.97; language=castellano",
  ])("%s", (answer) => {
    expect(read(answer)).toEqual(WANTED);
  });

  test.each([
    ["human_handoff", "human_handoff"],
    ['"complaint"', "complaint"],
    ["Intent: Order Status", "order_status"],
    ["The customer wants a person, so this is human_handoff.", "human_handoff"],
    [`${"The customer writes at length about their order. ".repeat(9)}So it is \`complaint\`.`, "complaint"],
    ['{"intent":"human_handoff","conf', "human_handoff"],
  ])("a name alone counts, in the likeliest language: %s", (answer, intent) => {
    expect(read(answer)).toEqual({ intent, confidence: 0.7, language: "pt" });
  });

  test.each([
    ["0.3", 0.3],
    ["very high", 0.95],
    ["media", 0.6],
    ["9/10", 0.9],
    ["100%", 1],
    ["-3", 0.7],
    ["sure", 0.7],
  ])("a confidence of %s", (confidence, expected) => {
    expect(read(JSON.stringify({ intent: "greeting", confidence, language: "en-US" }))).toEqual({
      ...{ intent: "greeting", confidence: expected, language: "en" },
    });
  });
});

test.each([
  "",
  "hola",
  '{"intent":"world_domination","confidence":1,"language":"es"}',
  '{"type":"object","properties":{"intent":{"type":"string","enum":["complaint"]}}}',
  "complaint or greeting",
  "I'm sorry, but I can't help with that complaint about the delivery.",
  "{{{{[[[[",
  "null",
])("nothing is read where nothing is said: %s", (answer) => {
  expect(read(answer)).toBeNull();
});

const intent = fc.constantFrom(...INTENTS.map(({ name }) => name));
const spelled = fc.constantFrom<(name: string) => string>(
  ...[(name: string) => name, (name: string) => name.toUpperCase()],
  ...[(name: string) => name.replaceAll("_", " "), (name: string) => name.replaceAll("_", "-")],
);
const confidence = fc
  .integer({ min: 2, max: 100 })
  .chain((percent) =>
    fc
      .constantFrom<unknown>(percent / 100, String(percent / 100), percent, `${percent}%`, `${percent} %`)
      .map((said) => ({ said, share: percent / 100 })),
  );
const language = fc.constantFrom(
  ...([
    ["es", "es"],
    ["es-PE", "es"],
    ["Spanish", "es"],
    ["EN", "en"],
    ["inglés", "en"],
  ] as const),
  ...([
    ["pt_BR", "pt"],
    ["português", "pt"],
    ["Portuguese", "pt"],
  ] as const),
);
const prose = fc.constantFrom(
  "",
  "Sure! ",
  "Aquí está:\n",
  "Here you go — it's easy: ",
  "<think>hm, a complaint?</think>\n",
);
const wrap = fc.constantFrom<(json: string) => string>(
  ...[(json: string) => json, (json: string) => `\`\`\`json\n${json}\n\`\`\``, (json: string) => `[${json}]`],
  ...[(json: string) => `{"result":${json}}`, (json: string) => `${json}\n\nLet me know!`],
  ...[(json: string) => json.replaceAll('"', "'"), (json: string) => `${json.slice(0, -1)},}`],
);

const answer = fc.record({ intent, spelled, confidence, language, prose, wrap });

test("however it is spelled and wrapped, it is the same classification", () => {
  fc.assert(
    fc.property(
      answer,
      ({ intent: name, spelled: spell, confidence: sure, language: [said, code], ...around }) => {
        const object = JSON.stringify({ intent: spell(name), confidence: sure.said, language: said });
        expect(read(around.prose + around.wrap(object))).toEqual({
          ...{ intent: name, confidence: sure.share, language: code },
        });
      },
    ),
    { numRuns: runs(300) },
  );
});

test("whatever it is, it is read without fail", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 400 }), fc.json(), (text, json) => {
      for (const answer of [text, json, `{"intent":${json}}`, `intent: ${text}`]) read(answer);
    }),
    { numRuns: runs(300) },
  );
});
