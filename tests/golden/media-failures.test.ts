import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { SAMPLES, voiceNote } from "../media/support.ts";
import { startWorld, WORLD, type World } from "../support/world.ts";

let world: World;
let people = 0;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());
beforeEach(() => {
  world.graph.media.setFault(null);
  world.model.setFault(null);
});

const NOTE = "¿Cuánto cuesta el envío?";

/** Sends a file; gives what the model was asked, and the reply. */
async function sends(type: string, bytes: Uint8Array, mimeType: string, more: object = {}) {
  const customer = world.customer(`5198500${1000 + people++}`);
  const id = world.graph.media.put({ bytes, mimeType }, WORLD.phoneNumberId);
  await customer.send("", { type, text: undefined, [type]: { id, mime_type: mimeType, ...more } });
  const [reply] = await customer.waitForReply();
  await world.drain();
  const asked = world.model.requests.at(-1)?.messages.findLast(({ role }) => role === "user");
  return { id, asked: asked?.text ?? "", reply: reply?.text ?? "" };
}
const sendsVoice = () => sends("audio", voiceNote(5, NOTE), "audio/ogg; codecs=opus", { voice: true });

test("a link that has ended is asked for anew", async () => {
  let links = 0;
  world.graph.media.setFault(({ kind }) => (kind === "file" && links++ === 0 ? { status: 404 } : null));
  const { asked, reply } = await sendsVoice();
  expect(asked).toContain(NOTE);
  expect(reply).toContain("S/ 10");
});

test("a file that Meta has no more is asked for again, honestly", async () => {
  world.graph.media.setFault(({ kind }) => (kind === "file" ? { status: 404 } : null));
  const { asked, reply } = await sends("image", SAMPLES.png, "image/png");
  expect(asked).toBe("【image】 【no longer available: it would have to be sent again】");
  expect(reply).toContain("No pude abrir lo que enviaste");
});

test("a voice note that cannot be transcribed is answered honestly", async () => {
  world.model.setFault(({ kind }) => (kind === "transcribe" ? { status: 500 } : null));
  const { asked, reply } = await sendsVoice();
  expect(asked).toBe("【voice note】 【could not be opened】");
  expect(reply).toContain("No pude abrir lo que enviaste");
});

test("the token goes to Meta's hosts alone: a link to another host is not followed", async () => {
  world.graph.media.setFault(({ kind }) =>
    kind === "facts" ? { facts: { url: "http://203.0.113.9/file" } } : null,
  );
  const { id, asked } = await sendsVoice();
  expect(asked).toBe("【voice note】 【could not be opened】");
  const files = world.graph.media.requests.filter(({ kind, mediaId }) => kind === "file" && mediaId === id);
  expect(files).toEqual([]);
});
