import { writeFileSync } from "node:fs";
import { createTeardown } from "../local/lifecycle.ts";
import { deliverWebhook, newWaMessageId, textWebhook } from "../local/meta-webhook.ts";
import { MIX, phoneOf } from "./cost-mix.ts";
import { startWorld } from "./cost-world.ts";
import { SECRET } from "./webhook-load.ts";
import { startPart } from "./webhook-process.ts";
import { usageOf } from "./cost-tokens.ts";
const t = createTeardown(); const T0 = performance.now(); const lap = (s: string) => console.log(s, Math.round(performance.now() - T0));
const world = await startWorld(["1"], t); lap("world");
const bot = await startPart("chasqui", "", { ...world.environment, WHATSAPP_PHONE_NUMBER_ID: "1", INTENT_FAST_PATH: process.env.FP ?? "off" }); lap("bot");
const out: any[] = [];
for (const [i, c] of MIX.entries()) for (const text of c.slice(1)) {
  const b = textWebhook({ phoneNumberId: "1", from: phoneOf(c, i), name: "Ana", text, waMessageId: newWaMessageId(), timestampMs: Date.now() });
  await deliverWebhook(`${bot.url}/api/whatsapp/webhook`, b, SECRET); await bot.counters();
  out.push({ text, reply: world.graph.sent.at(-1)?.text, exchanges: world.wire.taken() });
}
lap("played");
for (const o of out) o.usage = o.exchanges.map(usageOf);
lap("counted");
writeFileSync("/tmp/tok/out.json", JSON.stringify(out));
await bot.stop(); await t.run(); lap("closed");
