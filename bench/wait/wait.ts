import { setTimeout as sleep } from "node:timers/promises";
import { createTeardown } from "../../host/machine/lifecycle.ts";
import { deliverWebhook, newWaMessageId, textWebhook } from "../../host/meta-webhook.ts";
import { grid, percentile } from "../table.ts";
import { NUMBER, SECRET } from "../webhook/load.ts";
import { type Part, startPart } from "../webhook/process.ts";
import { MESSAGES, type Message, phoneOf } from "./messages.ts";
import type { Asked } from "./model.ts";
import { booked, ROUND_TRIP_MS, startWorld, type World } from "./world.ts";

const MODES: readonly { name: string; settings: Record<string, string> }[] = [
  { name: "off", settings: { REPLY_OVERLAP: "off" } },
  { name: "lookup", settings: { REPLY_OVERLAP: "lookup" } },
  ...["0.9", "0.8", "0.6", "0.4"].map((from) => ({ name: from, settings: { REPLY_OVERLAP: from } })),
];
const ROUNDS = 3;
const EVERY_MS = 40;
/** A reply that comes later is none. */
const REPLY_LIMIT_MS = 30_000;

interface Measured {
  waitsMs: number[];
  beyondMs: number[];
  asked: Asked[];
  unanswered: number;
}

/** What a customer waits for, with a model as slow as large ones are and stores that are not near: the same messages and times in each mode. */
export default async function wait(): Promise<string> {
  const seed = Number(process.env.SEED ?? 1);
  console.log(`seed ${seed}`);
  const teardown = createTeardown();
  try {
    const world = await startWorld(teardown, MODES.length, seed);
    const bots: { part: Part; measured: Measured }[] = [];
    for (const { settings } of MODES) {
      const part = await startPart("chasqui", "", { ...world.environment, ...settings });
      teardown.add(part.stop);
      bots.push({ part, measured: { waitsMs: [], beyondMs: [], asked: [], unanswered: 0 } });
    }
    for (let round = 0; round < ROUNDS; round++)
      for (const [mode, { part, measured }] of bots.entries())
        await play(round, { mode, part, measured }, world);
    const lines: string[][] = [];
    for (const [mode, { measured }] of bots.entries())
      lines.push(line(MODES[mode]?.name ?? "", measured, await booked(world.sql, mode)));
    const head = ["REPLY_OVERLAP", "wait p50", "p95", "p99", "beyond the reply's own calls, p50", "p95"];
    const cost = ["model calls a message", "unwanted calls", "tokens discarded", "not answered"];
    return `${grid([[...head, ...cost], ...lines])}\n\n${note()}`;
  } finally {
    await teardown.run();
  }
}

const note = (): string =>
  `${MESSAGES.length} messages of tests/intents/labelled/whatsapp.jsonl, each of a customer of its own; stores ${ROUND_TRIP_MS} ms away, the company's system 150 ms.`;

/** Every third message, in this bot's mode. */
async function play(
  round: number,
  { mode, part, measured }: { mode: number; part: Part; measured: Measured },
  { graph, model }: World,
): Promise<void> {
  model.taken();
  const own = [...MESSAGES.entries()].filter(([index]) => index % ROUNDS === round);
  const waits = new Map<Message, number>();
  await Promise.all(
    own.map(async ([index, message], place) => {
      await sleep(place * EVERY_MS);
      const phone = phoneOf(message, mode, index);
      const replied = graph.replyTo(phone, REPLY_LIMIT_MS);
      const text = { phoneNumberId: NUMBER, from: phone, name: "Ana", text: message.text };
      const startedAt = performance.now();
      const body = textWebhook({ ...text, waMessageId: newWaMessageId(), timestampMs: Date.now() });
      const { status } = await deliverWebhook(`${part.url}/api/whatsapp/webhook`, body, SECRET);
      if (status !== 200) throw new Error(`the webhook answered ${status}`);
      if (await replied) waits.set(message, performance.now() - startedAt);
      else measured.unanswered += 1;
    }),
  );
  await part.counters();
  const asked = model.taken();
  for (const [message, waitMs] of waits) {
    const tally = asked.get(message);
    measured.waitsMs.push(waitMs);
    measured.beyondMs.push(waitMs - (tally?.replyMs ?? 0));
    if (tally) measured.asked.push(tally);
  }
}

function line(name: string, { waitsMs, beyondMs, asked, unanswered }: Measured, discarded: number): string[] {
  const seconds = (part: number) => `${(percentile(waitsMs, part) / 1_000).toFixed(2)} s`;
  const total = (pick: (each: Asked) => number) => asked.reduce((sum, each) => sum + pick(each), 0);
  const unwanted = total((each) => each.unwanted + each.hedges);
  const calls = total((each) => each.classifications + each.replies) + unwanted;
  return [
    ...[name, seconds(0.5), seconds(0.95), seconds(0.99)],
    `${Math.round(percentile(beyondMs, 0.5))} ms`,
    `${Math.round(percentile(beyondMs, 0.95))} ms`,
    (calls / waitsMs.length).toFixed(2),
    `${((unwanted / calls) * 100).toFixed(1)} %`,
    `${(discarded * 100).toFixed(1)} %`,
    String(unanswered),
  ];
}
