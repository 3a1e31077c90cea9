import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type EdgeServer, serveEdge } from "../../fakes/edge/serve.ts";
import { PROJECT_DIRECTORY } from "../../host/bot.ts";
import { customerWebhook, deliverWebhook, newWaMessageId } from "../../host/meta-webhook.ts";
import { sample } from "../support/seed.ts";
import { startWorld, WORLD, type World } from "../support/world.ts";
import { pdf } from "./pdfs.ts";
import { SAMPLES, voiceNote } from "./support.ts";

let world: World;
let edge: EdgeServer;
beforeAll(async () => {
  world = await startWorld({ graph: { statuses: "none" } });
  await fetch(`${world.url}/api/media/read`);
  edge = await serveEdge(join(PROJECT_DIRECTORY, "api/whatsapp/webhook.ts"), { env: world.environment });
});
afterAll(async () => {
  await edge.close();
  await world.close();
});

const FILES: [type: string, mimeType: string, bytes: Uint8Array, asked: string][] = [
  ["audio", "audio/ogg; codecs=opus", voiceNote(3, "¿Cuánto cuesta el envío?"), "¿Cuánto cuesta el envío?"],
  ["image", "image/png", SAMPLES.png, "【image】"],
  ["document", "text/plain", Buffer.from("¿Hacen envíos a Cusco?", "latin1"), "¿Hacen envíos a Cusco?"],
  ["document", "application/pdf", pdf({ pages: ["Hacen envios a Cusco?"] }), "Hacen envios a Cusco?"],
];
test.each(sample(FILES, 2))(
  "%s of %s is read inside the edge VM with eval off",
  async (type, mimeType, bytes, words) => {
    const { phoneNumberId, appSecret } = WORLD;
    const id = world.graph.media.put({ bytes, mimeType }, phoneNumberId);
    const from = "51987654321";
    const sender = {
      phoneNumberId,
      from,
      name: "Ana",
      waMessageId: newWaMessageId(),
      timestampMs: Date.now(),
    };
    const body = customerWebhook(sender, { type, [type]: { id, mime_type: mimeType } });
    const sentBefore = world.graph.sent.length;
    expect((await deliverWebhook(`${edge.url}/api/whatsapp/webhook`, body, appSecret)).status).toBe(200);
    await edge.drain();
    expect(world.graph.sent.length).toBe(sentBefore + 1);
    expect(world.model.requests.at(-1)?.messages.at(-1)?.text ?? "").toContain(words);
    const [turn] = await world.sql`select state, rung, errors from turns order by started_at desc limit 1`;
    expect(turn).toEqual({ state: "answered", rung: "full", errors: [] });
  },
);
