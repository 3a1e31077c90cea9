import { setTimeout as sleep } from "node:timers/promises";
import { createDatabase } from "../../db/client.ts";
import { createTeardown } from "../../host/machine/lifecycle.ts";
import { deliverWebhook, newWaMessageId, textWebhook } from "../../host/meta-webhook.ts";
import { grid, percentile, round } from "../table.ts";
import { NUMBER, SECRET } from "../webhook/load.ts";
import { startPart } from "../webhook/process.ts";
import { startWorld, type World } from "../webhook/world.ts";
import { type Burst, FIRST_PHONE, makeBursts, SIZES } from "./made.ts";
import { type Answered, allAnswered, answered } from "./seen.ts";

const PAUSES_MS = [0, 250, 500, 1_000, 2_000];
/** Each pause has phones of its own, so that every burst starts a conversation. */
const PHONES_PER_PAUSE = 100_000;
const WARM_UP = 40;

/** Replays the same bursts in real time for each SETTLE_MS, to measure what a pause adds to the wait and what it saves. */
export default async function bursts(): Promise<string> {
  const seed = Number(process.env.SEED ?? 1);
  console.log(`seed ${seed}`);
  const teardown = createTeardown();
  try {
    const world = await startWorld(teardown, "thinking-model");
    const lines: string[][] = [];
    for (const [index, pauseMs] of PAUSES_MS.entries()) {
      const seen = await withPause(pauseMs, FIRST_PHONE + index * PHONES_PER_PAUSE, seed, world);
      lines.push(...SIZES.map((size) => line(pauseMs, size, seen)));
    }
    const head = ["SETTLE_MS", "messages", "wait p50", "wait p95", "model calls a burst", "replies a burst"];
    return grid([head, ...lines]);
  } finally {
    await teardown.run();
  }
}

async function withPause(
  pauseMs: number,
  firstPhone: number,
  seed: number,
  world: World,
): Promise<Answered[]> {
  const server = await startPart("chasqui", "", { ...world.environment, SETTLE_MS: String(pauseMs) });
  const url = `${server.url}/api/whatsapp/webhook`;
  const { sql } = createDatabase(world.database.url);
  try {
    await Promise.all(
      Array.from({ length: WARM_UP }, (_, index) => say(url, firstPhone + PHONES_PER_PAUSE / 2 + index)),
    );
    await allAnswered(sql);
    await Promise.all(makeBursts(seed, firstPhone).map((burst) => play(burst, url)));
    await allAnswered(sql);
    return await answered(sql, firstPhone, firstPhone + PHONES_PER_PAUSE / 2);
  } finally {
    await server.stop();
  }
}

async function play({ phone, startsAtMs, gapsMs }: Burst, url: string): Promise<void> {
  await sleep(startsAtMs);
  await say(url, phone);
  for (const gapMs of gapsMs) {
    await sleep(gapMs);
    await say(url, phone);
  }
}

async function say(url: string, phone: number): Promise<void> {
  const text = { phoneNumberId: NUMBER, from: String(phone), name: "Ana", text: "hola" };
  const body = textWebhook({ ...text, waMessageId: newWaMessageId(), timestampMs: Date.now() });
  const { status } = await deliverWebhook(url, body, SECRET);
  if (status !== 200) throw new Error(`the webhook answered ${status}`);
}

function line(pauseMs: number, size: number, seen: readonly Answered[]): string[] {
  const ofSize = seen.filter(({ messages }) => messages === size);
  const waits = ofSize.map(({ waitMs }) => waitMs / 1000);
  const mean = (pick: (one: Answered) => number) =>
    ofSize.reduce((sum, one) => sum + pick(one), 0) / ofSize.length;
  return [
    String(pauseMs),
    String(size),
    `${percentile(waits, 0.5).toFixed(2)} s`,
    `${percentile(waits, 0.95).toFixed(2)} s`,
    round(mean(({ modelCalls }) => modelCalls)),
    round(mean(({ replies }) => replies)),
  ];
}
