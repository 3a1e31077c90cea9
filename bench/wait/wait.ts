import { setTimeout as sleep } from "node:timers/promises";
import { createTeardown } from "../../host/machine/lifecycle.ts";
import { deliverWebhook, newWaMessageId, textWebhook } from "../../host/meta-webhook.ts";
import { grid, percentile } from "../table.ts";
import { NUMBER, SECRET } from "../webhook/load.ts";
import { type Part, startPart } from "../webhook/process.ts";
import { MESSAGES, type Message, phoneOf } from "./messages.ts";
import type { Asked } from "./model.ts";
import { MODES as ALL_MODES } from "./modes.ts";
import { type Booked, booked, ROUND_TRIP_MS, startWorld, type World } from "./world.ts";

const ROUNDS = 2;
/** Slowly, so that nobody waits for the processor. */
const EVERY_MS = 90;
/** From fifty calls on a hedge knows what is slow. */
const WARM_UP = 60;
/** What a customer should wait at most. */
const TARGET_MS = 3_000;
/** A reply that comes later is none. */
const REPLY_LIMIT_MS = 30_000;

interface Measured {
  waitsMs: number[];
  beyondMs: number[];
  asked: Asked[];
  unanswered: number;
}

/** `BENCH_ROWS=4,5` measures some of the modes, in their order from 1. */
const ROWS = process.env.BENCH_ROWS?.split(",").map(Number);
const MODES = ALL_MODES.filter((_, index) => ROWS === undefined || ROWS.includes(index + 1));

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
    for (const [mode, { part }] of bots.entries()) await warmUp(mode, part, world);
    for (let round = 0; round < ROUNDS; round++)
      for (const [mode, { part, measured }] of bots.entries())
        await play(round, { mode, part, measured }, world);
    const lines: string[][] = [];
    for (const [mode, { measured }] of bots.entries())
      lines.push(line(MODES[mode]?.name ?? "", measured, await booked(world.sql, mode)));
    const head = ["mode", "wait p50", "p95", "p99", "within 3 s", "beyond the reply's own calls, p50", "p95"];
    const cost = [
      ...["model calls a message", "for another intent, or twice", "tokens discarded"],
      ...["USD per 1,000 turns, booked", "of this, discarded"],
      ...["not sorted by the model", "by the fallback model", "not answered"],
    ];
    return `${grid([[...head, ...cost], ...lines])}\n\n${note()}`;
  } finally {
    await teardown.run();
  }
}

const note = (): string =>
  `${MESSAGES.length} messages of tests/intents/labelled/whatsapp.jsonl, each of a customer of its own; stores ${ROUND_TRIP_MS} ms away, the company's system 150 ms.`;

/** Has a new bot answer some messages, at once, which are not measured. */
async function warmUp(mode: number, part: Part, { graph }: World): Promise<void> {
  await Promise.all(
    MESSAGES.slice(0, WARM_UP).map(async (message, index) => {
      const phone = phoneOf(message, MODES.length + mode, index);
      const replied = graph.replyTo(phone, REPLY_LIMIT_MS);
      await say(message, phone, part);
      await replied;
    }),
  );
}

async function say({ text }: Message, from: string, { url }: Part): Promise<void> {
  const message = { phoneNumberId: NUMBER, from, name: "Ana", text, waMessageId: newWaMessageId() };
  const body = textWebhook({ ...message, timestampMs: Date.now() });
  // As Meta does with what could not be stored: the wait goes on.
  for (let tries = 1; ; tries++) {
    const { status } = await deliverWebhook(`${url}/api/whatsapp/webhook`, body, SECRET);
    if (status === 200) return;
    if (tries === 5) throw new Error(`the webhook answered ${status}`);
    await sleep(500);
  }
}

/** The messages of this round, in this bot's mode. */
async function play(
  round: number,
  { mode, part, measured }: { mode: number; part: Part; measured: Measured },
  { graph, model }: World,
): Promise<void> {
  model.taken(MODES[mode]?.hanging ?? 0);
  const own = [...MESSAGES.entries()].filter(([index]) => index % ROUNDS === round);
  const waits = new Map<Message, number>();
  await Promise.all(
    own.map(async ([index, message], place) => {
      await sleep(place * EVERY_MS);
      const phone = phoneOf(message, mode, index);
      const replied = graph.replyTo(phone, REPLY_LIMIT_MS);
      const startedAt = performance.now();
      await say(message, phone, part);
      if (await replied) waits.set(message, performance.now() - startedAt);
      else measured.unanswered += 1;
    }),
  );
  await part.counters();
  const asked = model.taken(0);
  for (const [message, waitMs] of waits) {
    const tally = asked.get(message);
    measured.waitsMs.push(waitMs);
    measured.beyondMs.push(waitMs - (tally?.replyMs ?? 0));
    if (tally) measured.asked.push(tally);
  }
}

function line(name: string, { waitsMs, beyondMs, asked, unanswered }: Measured, share: Booked): string[] {
  const seconds = (part: number) => `${(percentile(waitsMs, part) / 1_000).toFixed(2)} s`;
  const percent = (of: number) => `${(of * 100).toFixed(1)} %`;
  const total = (pick: (each: Asked) => number) => asked.reduce((sum, each) => sum + pick(each), 0);
  const unwanted = total((each) => each.unwanted + each.further);
  const calls = total((each) => each.classifications + each.replies) + unwanted;
  return [
    ...[name, seconds(0.5), seconds(0.95), seconds(0.99)],
    percent(waitsMs.filter((ms) => ms <= TARGET_MS).length / waitsMs.length),
    `${Math.round(percentile(beyondMs, 0.5))} ms`,
    `${Math.round(percentile(beyondMs, 0.95))} ms`,
    (calls / waitsMs.length).toFixed(2),
    ...[unwanted / calls, share.tokens].map(percent),
    share.thousandUsd.toFixed(2),
    ...[share.usd, share.unsorted, share.fallback].map(percent),
    String(unanswered),
  ];
}
