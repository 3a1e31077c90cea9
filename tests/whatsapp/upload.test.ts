import { afterAll, beforeAll, expect, test } from "vitest";
import { type Graph, startGraph } from "../../fakes/graph/server.ts";
import { createLog } from "../../lib/telemetry/log.ts";
import type { UploadFile } from "../../lib/types/channel.ts";
import type { OpenWindow } from "../../lib/types/conversation.ts";
import { createWhatsAppClient } from "../../lib/whatsapp/outbound/client.ts";

const NUMBER = "511000000000001";
const TOKEN = "EAAtoken-of-the-tests";
const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0]);

let graph: Graph;
beforeAll(async () => {
  graph = await startGraph({ accessToken: TOKEN, phoneNumberIds: [NUMBER], appSecret: "secret" });
});
afterAll(() => graph.close());

const client = (token: string | null = TOKEN, baseUrl = graph.url) =>
  createWhatsAppClient({
    ...{ baseUrl, version: "v26.0", accessToken: () => token },
    clock: { now: () => Date.now(), sleep: async () => {} },
    log: createLog("error", () => {}),
  });
const file = (over: Partial<UploadFile> = {}): UploadFile => ({
  ...{ phoneNumberId: NUMBER, bytes: PNG, mimeType: "image/png", filename: "poncho.png" },
  ...over,
});
const upload = (over: Partial<UploadFile> = {}) => client().upload(file(over), 5_000);

test("a file is given to Meta, and a message can be made of its id", async () => {
  const result = await upload();
  expect(result).toEqual({ outcome: "uploaded", mediaId: expect.stringMatching(/^\d+$/) });
  const mediaId = result.outcome === "uploaded" ? result.mediaId : "";
  expect(graph.media.get(mediaId)).toMatchObject({ mimeType: "image/png" });
  const message = { kind: "image", media: { id: mediaId }, caption: "A poncho" } as const;
  const template = { kind: "template", name: "not_known", languageCode: "es" } as const;
  const to = { phone: "51987654321", waUserId: null };
  const envelope = { phoneNumberId: NUMBER, to, quoteWaMessageId: null, opaqueId: "1" };
  // Proof that only the store gives; here it is the test that knows.
  const window = { endsAtMs: Date.now() + 60_000 } as OpenWindow;
  expect(await client().send({ ...envelope, message, window }, 5_000)).toMatchObject({ outcome: "accepted" });
  expect(await client().send({ ...envelope, message: template }, 5_000)).toMatchObject({
    outcome: "rejected",
  });
});

test.each([
  ["of a type that Meta does not take", { mimeType: "image/tiff" }, /no image\/tiff/],
  ["without a type", { mimeType: "" }, /without a type/],
  ["that is empty", { bytes: new Uint8Array() }, /empty/],
  ["that is too large for its type", { bytes: new Uint8Array(5 * 1024 * 1024 + 1) }, /at most 5242880 bytes/],
])("a file %s is refused before anything is sent", async (_, over, reason) => {
  const before = graph.media.requests.length;
  expect(await upload(over)).toMatchObject({ outcome: "refused", reason: expect.stringMatching(reason) });
  expect(graph.media.requests).toHaveLength(before);
});

test("a recording may say how it is coded", async () => {
  const bytes = new TextEncoder().encode("OggS");
  expect(await upload({ bytes, mimeType: "audio/ogg; codecs=opus", filename: "a.ogg" })).toMatchObject({
    outcome: "uploaded",
  });
});

test("what Meta answers comes back as its code, and a dead network as a reason", async () => {
  expect(await client("EAAwrong").upload(file(), 5_000)).toMatchObject({ outcome: "refused", code: 190 });
  expect(await client(TOKEN, "http://127.0.0.1:9").upload(file(), 5_000)).toMatchObject({
    outcome: "refused",
    code: null,
  });
});
