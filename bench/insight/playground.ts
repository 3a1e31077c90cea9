import { createTeardown } from "../../host/machine/lifecycle.ts";
import { signedInAs } from "../../tests/console/member.ts";
import { startWorld, type World } from "../../tests/support/world.ts";
import { type Bench, grid, median, round } from "../table.ts";

const ROUNDS = 30;
/** Time in which a model's service begins to answer. */
const MODEL_MS = 150;
/** In the words of an intent's examples, and in others. */
const ASKED = { byWords: "¿tienen ponchos?", byModel: "busco un poncho abrigador, ¿qué me recomiendan?" };

/** First word of the playground against that of the model's API itself, asked in turns in the same run. */
const bench: Bench = async () => {
  const teardown = createTeardown();
  try {
    const world = await teardown.open(
      startWorld({ engine: "PGlite", model: { delayMs: MODEL_MS }, env: { INTENT_FAST_PATH: "on" } }),
    );
    const agent = await signedInAs(world, "agent");
    const ask = (text: string) => agent.post("/playground/answers", question(text));
    // Together fewer than an operator may ask in ten minutes.
    const taken = { raw: [] as number[], byWords: [] as number[], byModel: [] as number[] };
    await firstWord(ask(ASKED.byModel));
    for (let at = 0; at < ROUNDS; at++) {
      taken.raw.push(await firstWord(rawly(world)));
      taken.byWords.push(await firstWord(ask(ASKED.byWords)));
      if (at % 2 === 0) taken.byModel.push(await firstWord(ask(ASKED.byModel)));
    }
    const raw = median(taken.raw);
    const line = (what: string, values: number[]) => [
      what,
      `${round(median(values))} ms`,
      `${round(median(values) / raw)}×`,
    ];
    return grid([
      [`first word (model begins after ${MODEL_MS} ms)`, "p50", "of the raw API"],
      line("the model's API itself", taken.raw),
      line("playground, intent decided by words", taken.byWords),
      line("playground, intent asked of a model first", taken.byModel),
    ]);
  } finally {
    await teardown.run();
  }
};

const question = (text: string) => ({
  ...{ model: null, version: "live", of: "pretend", history: [] },
  customer: { name: null, language: "es", phone: null },
  message: { direction: "in", text, tap: null },
});

/** The same service without us. */
const rawly = ({ environment }: World): Promise<Response> =>
  fetch(`${environment.OPENAI_BASE_URL}/chat/completions`, {
    method: "POST",
    headers: { authorization: "Bearer bench", "content-type": "application/json" },
    body: JSON.stringify({
      model: "gpt-4o",
      stream: true,
      messages: [{ role: "user", content: ASKED.byWords }],
    }),
  });

/** Milliseconds until a word has come; the rest is read all the same. */
async function firstWord(asked: Promise<Response>): Promise<number> {
  const startedMs = performance.now();
  const response = await asked;
  if (!response.ok) throw new Error(`the answer was ${response.status}: ${await response.text()}`);
  let body = "";
  let atMs: number | null = null;
  const decoder = new TextDecoder();
  for await (const piece of response.body ?? []) {
    body += decoder.decode(piece, { stream: true });
    if (/"text-delta"|"content":"[^"]/.test(body)) atMs ??= performance.now();
  }
  if (atMs === null) throw new Error("no word came");
  return atMs - startedMs;
}

export default bench;
