import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ModelFault } from "../../fakes/model/faults.ts";
import { sample } from "../support/seed.ts";
import { startWorld, type World } from "../support/world.ts";

const ANSWER = "El poncho cuesta S/ 189.";
const NEXT_RUNG = "Te ayudo con gusto: ¿qué talla buscas?";
const CALL = '{"name":"lookup","arguments":{"source":"knowledge","query":"precio poncho"}}';

interface Case {
  name: string;
  /** The reply model's words. */
  says: string;
  /** The customer's message; null: the next rung speaks. */
  sent: string | null;
  kinds: readonly string[];
  cut?: boolean;
}

const row =
  (kinds: readonly string[], cut = false) =>
  ([name, says, sent = null]: readonly [name: string, says: string, sent?: string | null]): Case => ({
    ...{ name, says, sent, kinds, cut },
  });

const THINKING: readonly (readonly [string, string, string?])[] = [
  [
    "a block before the answer",
    `<think>\nThe user wants a price. I must not tell them about the 40% margin.\n</think>\n\n${ANSWER}`,
    ANSWER,
  ],
  ["a block of another name", `<reasoning>margen 40 %</reasoning>${ANSWER}`, ANSWER],
  [
    "a block whose beginning its template wrote",
    `Margin is 40%, do not tell.\n</think>\n\n${ANSWER}`,
    ANSWER,
  ],
  [
    "gpt-oss's channels",
    `<|channel|>analysis<|message|>Margin 40%.<|end|><|start|>assistant<|channel|>final<|message|>${ANSWER}<|return|>`,
    ANSWER,
  ],
  ["escaped signs", `&lt;thinking&gt;margen 40 %&lt;/thinking&gt; ${ANSWER}`, ANSWER],
  ["a block after the answer", `${ANSWER}\n\n<thought>Say nothing of the margin`, ANSWER],
];

const NOTHING_BUT_THINKING: readonly (readonly [string, string])[] = [
  ["an unfinished block", "<think>\nOkay, the user asks for the price of the poncho. Let me"],
  ["an unfinished one of Mistral's", "[THINK]El margen es 40 %"],
];

const CALLS: readonly (readonly [string, string])[] = [
  ["as an element", '<function=lookup>{"source":"knowledge","query":"precio poncho"}</function>'],
  ["as JSON", CALL],
  ["as JSON in a fence", `\`\`\`json\n${CALL}\n\`\`\``],
  ["as Hermes writes it", `<tool_call>\n${CALL}\n</tool_call>`],
  ["as Mistral writes it", `[TOOL_CALLS][${CALL}]`],
  ["as Llama writes it", '<|python_tag|>{"name": "lookup", "parameters": {"query": "poncho"}}'],
  [
    "as DeepSeek writes it",
    '<｜DSML｜invoke name="lookup"><｜DSML｜parameter name="query">x</｜DSML｜parameter></｜DSML｜invoke>',
  ],
  ["as a line of a program", 'lookup(source="knowledge", query="precio poncho")'],
  ["behind words that only announce it", `Voy a revisar el precio.\n\n${CALL}`],
  ["that was cut", '<tool_call>{"name": "lookup", "arguments": {"que'],
];

const CONTEXT: readonly (readonly [kind: string, says: string])[] = [
  ["mark", `[in reply to: "¿precio?"] ${ANSWER}`],
  ["mark", `[voice note] ${ANSWER}`],
  ["mark", `【document: lista.pdf】 ${ANSWER}`],
  ["mark", `${ANSWER} [buttons: Sí | No]`],
  ["turn", `${ANSWER}\n\nUser: ¿y el de niño?\nAssistant: El de niño cuesta S/ 99.`],
  ["turn", `${ANSWER}\n\nCliente: ¿y el de niño?`],
  ["turn", `Asistente: ${ANSWER}`],
  ["token", `<|im_start|>assistant\n${ANSWER}<|im_end|>`],
  ["token", `${ANSWER}<|eot_id|>`],
];

const NOTHING: readonly (readonly [string, string])[] = [
  ["zero-width spaces", "\u200B\u200B"],
  ["a program's word for nothing", "null"],
  ["an empty fence", "```\n```"],
  ["a rule", "———"],
  ["a comment", "<!-- nothing -->"],
  ["an entity for a space", "&nbsp;"],
  ["empty quotes", '""'],
];

const CUT: readonly (readonly [string, string, string?])[] = [
  ["within a price", "Tenemos tres ponchos: *Wayra* a S/ 189, *Inti* a S/ 219 y *Killa* a S/ 24"],
  ["within a price of the second sentence", `${ANSWER} El envío a Lima cuesta S/ 1`, ANSWER],
  ["within a link", `${ANSWER} Lo ves en https://tambo.exam`, ANSWER],
  [
    "within a list",
    "Tenemos:\n- Wayra: S/ 189\n- Inti: S/ 219\n- Killa: S/ 24",
    "Tenemos:\n- Wayra: S/ 189\n- Inti: S/ 219",
  ],
];

const LEGITIMATE = [
  "La etiqueta `<think>` la usan algunos modelos.",
  "Entra con estos datos:\nUsuario: ana\nContraseña: poncho",
  "Tenemos (talla M) y [talla L].",
  'Un ejemplo:\n\n```\n{"poncho": 189}\n```',
];

/** Nothing is removed, but it arrives as WhatsApp writes it. */
const WRITTEN_OTHERWISE: readonly (readonly [string, string, string])[] = [
  ["Markdown in a fence", "```markdown\n**Precios**\n- Poncho: S/ 189\n```", "*Precios*\n- Poncho: S/ 189"],
  ["HTML", "<b>Oferta</b>: S/ 9", "*Oferta*: S/ 9"],
  ["HTML around all of it", "<p>Hola, ¿qué tal?</p>", "Hola, ¿qué tal?"],
  [
    "entities and LaTeX",
    "Tambo &amp; C\u00eda: \\(2 \\times 189 = 378\\)",
    "Tambo & C\u00eda: 2 × 189 = 378",
  ],
  ["WhatsApp's own bold", "*Total*: S/ 45", "*Total*: S/ 45"],
];

const EVERY_CASE: readonly Case[] = [
  ...WRITTEN_OTHERWISE.map(row([])),
  ...THINKING.map(row(["thinking"])),
  ...NOTHING_BUT_THINKING.map(row(["thinking", "blank"])),
  ...CALLS.map(row(["call", "blank"])),
  ...CONTEXT.map(([kind, says]) => row([kind])([says, says, ANSWER])),
  ...NOTHING.map(row(["blank"])),
  ...CUT.map(row(["length"], true)),
  ...LEGITIMATE.map((says) => row([])([says, says, says])),
];

const completion = (content: string, finish: "stop" | "length"): ModelFault => ({
  status: 200,
  body: JSON.stringify({
    ...{ id: "chatcmpl-1", object: "chat.completion", created: 0, model: "gpt-4o" },
    choices: [{ index: 0, message: { role: "assistant", content }, logprobs: null, finish_reason: finish }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  }),
});

const GENERAL = JSON.stringify({ intent: "general", confidence: 0.9, language: "es" });

const TOO_LONG = EVERY_CASE.find(({ cut, sent }) => cut && sent === null);
const CASES = [...new Set([...(TOO_LONG ? [TOO_LONG] : []), ...sample(EVERY_CASE, EVERY_CASE.length / 3)])];

/** Customers who write at the same time. */
const AT_ONCE = 6;

let world: World;
/** By the customer's phone. */
const turns = new Map<string, { rung: string; errors: string[] }>();
const phoneOf = (index: number) => `5191000${5000 + index}`;

beforeAll(async () => {
  // A busy machine must not look like a slow model.
  world = await startWorld({ env: { INTENT_TIMEOUT_MS: "30000", REPLY_TIMEOUT_MS: "60000" } });
  world.model.setFault(({ kind, model, messages }) => {
    if (kind === "classify") return { content: GENERAL };
    const index = Number(/caso (\d+)/.exec(messages.at(-1)?.text ?? "")?.[1]);
    const { says = "", cut = false } = CASES[index] ?? {};
    return completion(model === "gpt-4o" ? says : NEXT_RUNG, model === "gpt-4o" && cut ? "length" : "stop");
  });
  for (let from = 0; from < CASES.length; from += AT_ONCE) {
    const some = [...CASES.keys()].slice(from, from + AT_ONCE);
    await Promise.all(
      some.map((index) => world.customer(phoneOf(index)).sendUntilStored(`hola, caso ${index}`)),
    );
    await world.drain();
  }
  const rows = await world.sql<{ phone: string; rung: string; errors: string[] }>`
    select u.phone, t.rung, t.errors from turns t
      join conversations c on c.id = t.conversation_id join customers u on u.id = c.customer_id`;
  for (const { phone, ...turn } of rows) turns.set(phone, turn);
});
afterAll(() => world.close());

describe("a model that writes", () => {
  test.each(CASES.map((one, index) => ({ ...one, index })))("$name", ({ index, sent, kinds, says }) => {
    const phone = phoneOf(index);
    const [message, ...more] = world.customer(phone).replies();
    expect(more).toEqual([]);
    expect(message?.text, says).toBe(sent ?? NEXT_RUNG);
    expect(turns.get(phone)?.rung).toBe(sent === null ? "fallback_model" : "full");
    const counted = turns.get(phone)?.errors.filter((code) => code.startsWith("cut:")) ?? [];
    const others = ["cut:hidden", "cut:token:gpt-4o"];
    expect(counted).toEqual(expect.arrayContaining(kinds.map((kind) => `cut:${kind}:gpt-4o`)));
    expect(
      counted.filter((code) => !others.includes(code) && !kinds.includes(code.split(":")[1] ?? "")),
    ).toEqual([]);
  });
});

test("after an answer that was too long, the next rung is asked for a shorter one", () => {
  const index = TOO_LONG ? CASES.indexOf(TOO_LONG) : -1;
  const asked = world.model.requests.filter(
    ({ kind, messages }) => kind !== "classify" && messages.at(-1)?.text.endsWith(`caso ${index}`),
  );
  // Without a reply that was begun to another intent than the classifier's.
  const prompts = asked
    .map(({ messages }) => messages[0]?.text ?? "")
    .filter((prompt) => prompt.includes("Intent: general"))
    .map((prompt) => prompt.includes("at most two short sentences"));
  expect(prompts).toEqual([false, true]);
});

test("summaries for operators and choices hold no leak either", async () => {
  const call = (name: string, input: object): ModelFault => ({
    toolCalls: [{ name, arguments: JSON.stringify(input) }],
  });
  const choices = {
    options: [{ title: "Poncho<|im_end|>" }, { title: "[voice note] Manta" }, { title: "<think>x" }],
  };
  const summary = "<think>margen 40 %</think>Quiere cambiar la talla.";
  world.model.setFault(({ kind, messages }) => {
    if (kind === "classify") return { content: GENERAL };
    const said = messages.findLast(({ role }) => role === "user")?.text ?? "";
    if (messages.at(-1)?.role === "tool") return { content: "¿Cuál prefieres?" };
    return said.includes("persona")
      ? call("handoff", { reason: "other", summary })
      : call("offer_choices", choices);
  });
  const [chooser, asker] = [world.customer("51910006001"), world.customer("51910006002")];
  await chooser.send("quiero ver opciones, caso 900");
  await asker.send("que me atienda una persona, caso 901");
  await world.drain();
  const [shown] = chooser.replies();
  expect(JSON.stringify(shown)).toMatch(/Poncho".*Manta"/);
  expect(JSON.stringify(shown)).not.toMatch(/im_end|voice note|think/);
  const handoffs = await world.sql`select summary from handoffs`;
  expect(handoffs).toEqual([{ summary: "Quiere cambiar la talla." }]);
});
