import { afterAll, beforeAll, expect, test } from "vitest";
import { startWorld, WORLD, type World } from "../support/world.ts";
import { pdf } from "./pdfs.ts";
import { SAMPLES, voiceNote } from "./support.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
  // The thread that reads PDFs is started by its first request: a busy machine must not look like a slow PDF.
  await fetch(`${world.url}/api/media/read`);
});
afterAll(() => world.close());

let count = 0;
/** Sends a file as WhatsApp does, and gives what the model was asked last, in words, and the reply. */
async function send(type: string, bytes: Uint8Array, mimeType: string, more: Record<string, unknown> = {}) {
  const customer = world.customer(`519876000${++count}`);
  const id = world.graph.media.put({ bytes, mimeType }, WORLD.phoneNumberId);
  const { waMessageId } = await customer.send("", {
    type,
    text: undefined,
    [type]: { id, mime_type: mimeType, sha256: "x", ...more },
  });
  const [reply] = await customer.waitForReply();
  await world.drain();
  const asked = world.model.requests.at(-1)?.messages.findLast(({ role }) => role === "user");
  const [kept] = await world.sql<{ reading: string | null }>`
    select reading from messages where wa_message_id = ${waMessageId}`;
  const [turn] = await world.sql<{
    costUsd: number | null;
    stagesMs: Record<string, number>;
    errors: string[];
  }>`
    select cost_usd::float8 as "costUsd", stages_ms as "stagesMs", errors from turns order by started_at desc limit 1`;
  return { reply: reply?.text ?? "", asked: asked?.text ?? "", reading: kept?.reading, turn };
}

test("a voice note is answered like a text, kept in words, timed and paid for", async () => {
  const words = "¿Cuánto cuesta el envío?";
  const { reply, asked, reading, turn } = await send(
    "audio",
    voiceNote(30, words),
    "audio/ogg; codecs=opus",
    { voice: true },
  );
  expect(asked).toContain(words);
  expect(reply).toContain("S/ 10");
  expect(reading).toBe(words);
  expect(turn?.stagesMs.media).toBeGreaterThan(0);
  expect(turn?.costUsd).toBeGreaterThan(0.0015);
});

test("a PDF is read by its own function and answered", async () => {
  const bytes = pdf({ pages: ["Pregunta: cuanto cuesta el envio a Cusco?"] });
  const { asked, reading, turn } = await send("document", bytes, "application/pdf", {
    filename: "pregunta.pdf",
  });
  expect(reading).toBe("Pregunta: cuanto cuesta el envio a Cusco?");
  expect(asked).toContain("cuanto cuesta el envio a Cusco?");
  expect(turn?.errors).toEqual([]);
});

test("a picture is shown to the model beside its caption, and not kept", async () => {
  const { asked, reading } = await send("image", SAMPLES.png, "image/png", { caption: "¿tienen este café?" });
  expect(asked).toContain("¿tienen este café?");
  expect(reading).toBeNull();
});

test("a file that cannot be read is answered all the same, and the model is told", async () => {
  const { reply, asked, turn } = await send("document", SAMPLES.html, "application/pdf", {
    filename: "x.pdf",
  });
  expect(reply).not.toBe("");
  expect(asked).toContain("【a kind of file that cannot be opened】");
  expect(turn?.errors).toContain("media:document:unsupported");
});
