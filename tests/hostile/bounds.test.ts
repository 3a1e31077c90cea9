import type { ModelMessage } from "ai";
import fc from "fast-check";
import { countTokens } from "gpt-tokenizer/encoding/o200k_base";
import { describe, expect, it } from "vitest";
import { replyPrompt } from "../../lib/intents/prompts.ts";
import { INTENTS } from "../../lib/intents/table.ts";
import { boundSteps } from "../../lib/turn/answer/steps.ts";
import { transcript } from "../../lib/turn/answer/transcript.ts";
import { withinParts } from "../../lib/turn/outgoing/parts.ts";
import {
  MAX_INPUT_TOKENS,
  MAX_OUTPUT_TOKENS,
  MAX_PARTS,
  MAX_PROMPT_TOKENS,
  MAX_RESULT_TOKENS,
  MAX_TOOL_CALLS_PER_STEP,
  REPLY_ROOM,
} from "../../lib/turn/state/bounds.ts";
import { firstTokens, tokensAtMost, withinTokens } from "../../lib/turn/state/tokens.ts";
import { replyMessages } from "../../lib/whatsapp/messages/reply.ts";
import { toolsFor } from "../../tools/registry.ts";
import { runs } from "../support/seed.ts";
import { toolContext } from "../tools/context.ts";

const HONEST = [
  "Hola, quisiera saber si el poncho Ausangate está disponible en talla M y cuánto demora el envío a Arequipa.",
  "Hello! Could you tell me whether the blanket is in stock, what it costs, and how long shipping to Boston takes?",
  "Olá, o meu pedido 1077 ainda não chegou e o código de rastreio não funciona. Podem verificar, por favor?",
];
const FILLERS = [
  ...[
    "a",
    "q",
    "qk",
    "zq ",
    "gkbqxk",
    "aB",
    "A",
    "1",
    "12a",
    " ",
    " a",
    "\n",
    "\t ",
    "{}",
    "=-",
    "ñ",
    "é ",
    "́",
  ],
  ...["😀", "👩‍👩‍👧", "漢", "ة", "\u{20000}", "\0", "﷽", "【image】", "<|endoftext|>", "ﬀ", "​"],
];

describe("the estimate of tokens", () => {
  it("is never too low, whatever a hostile text is made of", () => {
    const filler = fc.array(
      fc.oneof(fc.constantFrom(...FILLERS, ...HONEST), fc.string({ unit: "grapheme" })),
      {
        maxLength: 40,
      },
    );
    fc.assert(
      fc.property(filler, fc.integer({ min: 1, max: 20 }), (parts, times) => {
        const text = parts.join("").repeat(times);
        expect(countTokens(text, { disallowedSpecial: new Set() })).toBeLessThanOrEqual(tokensAtMost(text));
      }),
      { numRuns: runs(200), verbose: true },
    );
  });

  it.each(HONEST)("is at most four times too high for %s", (text) => {
    expect(tokensAtMost(text)).toBeLessThanOrEqual(4 * countTokens(text));
  });

  it("cuts as little as it can, from either side, between characters", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...FILLERS, ...HONEST)), fc.nat(300), (parts, max) => {
        const text = parts.join("").toWellFormed();
        for (const cut of [firstTokens(text, max), withinTokens(text, max)]) {
          expect(tokensAtMost(cut)).toBeLessThanOrEqual(max + 3);
          if (tokensAtMost(text) <= max) expect(cut).toBe(text);
        }
      }),
      { numRuns: runs(100), verbose: true, examples: [[["【image】"], 3]] },
    );
  });
});

const stored = (text: string, direction: "in" | "out" = "in") => ({
  ...{ id: "m", direction, waMessageId: null, type: "text", text, content: null, about: null },
  ...{ reading: null, quoted: null, opt: null, timestampMs: 0 },
});
const tokensOf = (messages: readonly ModelMessage[]) =>
  messages.reduce((sum, { content }) => sum + tokensAtMost(JSON.stringify(content)), 0);

describe("the input of one call", () => {
  it.each(INTENTS)("has a prompt and tools of $name within their share", (intent) => {
    const words = "palabra ".repeat(40).trim();
    const profile = {
      ...{ name: "Tambo", about: words, tone: words, hours: words, contact: words },
      ...{ timeZone: "America/Lima", language: "es" as const },
    };
    const prompt = replyPrompt(intent, {
      ...{ profile, language: "es", nowLocal: "Friday 2026-03-06 14:05", marks: true },
    });
    const tools = Object.values(toolsFor(intent.tools, toolContext()));
    // The schema that is sent is some 300 characters a tool.
    const described = tools.map(({ description }) => `${description}${"x".repeat(300)}`).join("");
    expect(tokensAtMost(prompt) + tokensAtMost(described)).toBeLessThanOrEqual(MAX_PROMPT_TOKENS);
  });

  it.each(FILLERS)("has a conversation within its share when everybody writes %j", (filler) => {
    const long = filler.repeat(16_000);
    const messages = transcript(
      [stored(long, "out"), stored(long), stored(long, "out")],
      Array(20).fill(stored(long)),
      5,
    );
    const texts = messages.map(({ content }) => (typeof content === "string" ? content : ""));
    expect(texts.reduce((sum, text) => sum + tokensAtMost(text), 0)).toBeLessThanOrEqual(REPLY_ROOM.all);
    expect(messages.at(-1)?.role).toBe("user");
  });

  it("costs less than 5.5 cents with the dearest default model", () => {
    expect((MAX_INPUT_TOKENS * 2.5 + MAX_OUTPUT_TOKENS * 10) / 1_000_000).toBeLessThan(0.055);
  });

  it("has an honest conversation whole", () => {
    const history = HONEST.map((text, index) => stored(text, index % 2 ? "out" : "in"));
    expect(transcript(history, [stored("gracias")], 5).map(({ content }) => content)).toEqual([
      ...HONEST,
      "gracias",
    ]);
  });
});

const call = (index: number, input: unknown = {}) => ({
  ...{ type: "tool-call" as const, toolCallId: `c${index}`, toolName: "lookup", input },
});
const result = (index: number, value: string) => ({
  ...{ type: "tool-result" as const, toolCallId: `c${index}`, toolName: "lookup" },
  output: { type: "json" as const, value },
});

describe("what tools answered", () => {
  it("goes back whole when it is short", () => {
    const steps: ModelMessage[] = [
      { role: "user", content: "hola" },
      { role: "assistant", content: [call(1, { query: "hola" }), call(2)] },
      { role: "tool", content: [result(1, "x".repeat(1_000)), result(2, "y")] },
    ];
    expect(boundSteps(steps, 1)).toEqual(steps);
  });

  it("goes back within its share however much it is, the short ones whole", () => {
    const many = Array.from({ length: 200 }, (_, index) => index);
    const steps: ModelMessage[] = [
      { role: "user", content: "hola" },
      {
        role: "assistant",
        content: [
          { type: "text", text: "¡! ".repeat(50_000) },
          ...many.map((each) => call(each, "x".repeat(9_000))),
        ],
      },
      { role: "tool", content: many.map((each) => result(each, each === 0 ? "short" : "😀".repeat(50_000))) },
    ];
    const bounded = boundSteps(steps, 1);
    expect(bounded[0]).toEqual(steps[0]);
    expect(bounded[1]?.content).toHaveLength(MAX_TOOL_CALLS_PER_STEP + 2);
    expect(bounded[2]?.content).toHaveLength(MAX_TOOL_CALLS_PER_STEP + 1);
    expect(bounded[2]?.content).toContainEqual(result(0, "short"));
    expect(tokensOf(bounded.slice(1))).toBeLessThan(MAX_RESULT_TOKENS + 800);
  });
});

describe("a reply", () => {
  const choices = {
    ...{ kind: "choices" as const, button: "Ver" },
    options: Array.from({ length: 10 }, (_, index) => ({
      id: `${index}`,
      title: `${index}${"x".repeat(50)}`,
    })),
  };

  it.each([
    "palabra ",
    "Una frase entera. ",
    "párrafo\n\n",
    "x",
    "😀",
    "- punto\n",
    "**a** ",
    "```\n",
    "| a | b |\n",
  ])("of half a million characters of %j is at most three messages", (filler) => {
    const kept = withinParts(filler.repeat(500_000 / filler.length), choices);
    expect(replyMessages(kept, choices).length).toBeLessThanOrEqual(MAX_PARTS);
    expect(kept.length).toBeGreaterThan(2_000);
  });

  it("ends with a sentence where it was cut, and is left alone where it fits", () => {
    expect(withinParts("Una frase entera. ".repeat(5_000), null)).toMatch(/frase entera\.$/);
    const long = "Una frase entera. ".repeat(400).trim();
    expect(withinParts(long, null)).toBe(long);
  });
});
