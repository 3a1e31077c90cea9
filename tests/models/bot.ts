import { create } from "../../api/whatsapp/webhook.ts";
import { newWaMessageId, signatureOf, textWebhook } from "../../host/meta-webhook.ts";
import { systemClock } from "../../lib/compose/clock.ts";
import type { Platform } from "../../lib/compose/platform.ts";
import { parseEnv } from "../../lib/config/env.ts";
import { WORLD, type World } from "../support/world.ts";

/** What one turn recorded of itself. */
export interface TurnRow {
  rung: string;
  errors: string[];
  intentModel: string | null;
  replyModel: string | null;
  costUsd: number | null;
}

/** One instance of the bot on the services of a world, with settings and a clock of its own. */
export interface Bot {
  platform: Platform;
  /** Resolves once all background work is done. */
  drain(): Promise<void>;
  /** Sends a message as this customer; gives the replies that came and what the turn recorded, once all work is done. */
  ask(
    phone: string,
    text: string,
    overrides?: Record<string, unknown>,
  ): Promise<{ replies: (string | null)[]; turn: TurnRow }>;
}

/** Starts an instance; `today` is its date, the present without one. */
export function createBot(world: World, settings: Record<string, string | undefined>, today?: string): Bot {
  const pending: Promise<unknown>[] = [];
  const aheadMs = today === undefined ? 0 : Date.parse(today) - Date.now();
  const environment = Object.fromEntries(
    Object.entries({ ...world.environment, ...settings }).filter(([, value]) => value !== undefined),
  );
  const platform: Platform = {
    env: () => parseEnv(environment),
    waitUntil: (promise) => void pending.push(promise),
    // What is due has tests of its own.
    hasScheduler: true,
    clock: { ...systemClock, now: () => Date.now() + aheadMs },
  };
  const webhook = create(platform);
  const openWindow = async (phone: string) => {
    await world.customer(phone).send("hola");
    await world.drain();
    await world.sql`update conversations c set window_ends_at = '2030-01-01' from customers p
      where p.id = c.customer_id and p.phone = ${phone}`;
  };
  const drain = async () => {
    while (pending.length > 0) await Promise.all(pending.splice(0));
    await world.drain();
  };
  return {
    platform,
    drain,
    async ask(phone, text, overrides = {}) {
      // Meta's window is by the database's clock, which stays in the present.
      if (aheadMs > 0) await openWindow(phone);
      const before = world.graph.sent.length;
      const { phoneNumberId, appSecret } = WORLD;
      const message = { phoneNumberId, from: phone, name: "Ana", text, waMessageId: newWaMessageId() };
      const body = JSON.stringify(textWebhook({ ...message, timestampMs: Date.now() }, overrides));
      const headers = { "x-hub-signature-256": signatureOf(body, appSecret) };
      await webhook(new Request(world.webhookUrl, { method: "POST", headers, body }));
      await drain();
      const [turn] = await world.sql<TurnRow>`
        select rung, errors, intent_model as "intentModel", reply_model as "replyModel", cost_usd::float8 as "costUsd"
          from turns order by started_at desc limit 1`;
      if (!turn) throw new Error("no turn was recorded");
      const replies = world.graph.sent.slice(before).filter((sent) => sent.phone === phone);
      return { replies: replies.map((sent) => sent.text), turn };
    },
  };
}
