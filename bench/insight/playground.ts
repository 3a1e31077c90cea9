import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadCompany } from "../../db/company.ts";
import { startOfflineModel } from "../../fakes/model/server.ts";
import { PROJECT_DIRECTORY } from "../../host/bot.ts";
import { readCompanyFolder } from "../../host/company/folder.ts";
import { createTeardown } from "../../host/machine/lifecycle.ts";
import { startConsole } from "../console/world.ts";
import { type Bench, grid, median, round } from "../table.ts";

const ROUNDS = 30;
/** Time in which a model's service begins to answer. */
const MODEL_MS = 150;
/** In the words of an intent's examples; in others; and one for which the model looks something up before it speaks. */
const ASKED = {
  byWords: "hola",
  byModel: "cuéntame un chiste de gatos",
  lookedUp: "busco un poncho abrigador",
};

/** First word of the playground against that of the model's API itself, asked in turns in the same run. */
const bench: Bench = async () => {
  const teardown = createTeardown();
  try {
    const model = await teardown.open(startOfflineModel({ delayMs: MODEL_MS }));
    const environment = { OPENAI_BASE_URL: model.url, INTENT_FAST_PATH: "on" };
    const { post, client, database } = await startConsole(teardown, tmpdir(), environment);
    const { rows } = await client.query<{ number: string }>("select phone_number_id as number from tenants");
    const demo = await readCompanyFolder(join(PROJECT_DIRECTORY, "demo"));
    await loadCompany(database, rows[0]?.number ?? "", demo);
    const ask = (text: string) => post("/playground/answers", question(text));
    // Together fewer than an operator may ask in ten minutes.
    const taken = {
      raw: [] as number[],
      byWords: [] as number[],
      byModel: [] as number[],
      lookedUp: [] as number[],
    };
    await firstWord(ask(ASKED.byModel));
    for (let at = 0; at < ROUNDS; at++) {
      taken.raw.push(await firstWord(rawly(model.url)));
      taken.byWords.push(await firstWord(ask(ASKED.byWords)));
      if (at % 3 === 0) taken.byModel.push(await firstWord(ask(ASKED.byModel)));
      if (at % 3 === 1) taken.lookedUp.push(await firstWord(ask(ASKED.lookedUp)));
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
      line("playground, a model decides the intent first", taken.byModel),
      line("playground, and the reply needs a lookup", taken.lookedUp),
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
const rawly = (url: string): Promise<Response> =>
  fetch(`${url}/chat/completions`, {
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
