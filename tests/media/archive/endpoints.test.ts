import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { gate } from "../../support/gate.ts";
import { startWorld, WORLD, type World } from "../../support/world.ts";
import { pdf } from "../pdfs.ts";
import { SAMPLES, voiceNote } from "../support.ts";
import { BLOB_TOKEN, type BlobEndpoint, send, startBlob } from "./blob.ts";

let blob: BlobEndpoint;
let world: World;
beforeAll(async () => {
  blob = await startBlob();
  const env = { BLOB_READ_WRITE_TOKEN: BLOB_TOKEN, VERCEL_BLOB_API_URL: blob.url };
  world = await startWorld({ env });
});
afterAll(async () => {
  await world.close();
  await blob.close();
});
beforeEach(async () => {
  blob.fault = null;
  blob.files.clear();
  blob.requests.length = 0;
  await world.sql`truncate media_files`;
  await archiveFor(30);
});

const archiveFor = (days: number | null) =>
  world.sql`update tenants set profile = jsonb_set(profile - 'mediaDays', '{mediaDays}', ${JSON.stringify(days)}::jsonb)`;

let count = 0;
/** A customer sends a file and gets a reply. */
async function sendFile(type: string, bytes: Uint8Array, mimeType: string, more: object = {}) {
  const customer = world.customer(`519877000${++count}`, "Rosa");
  const id = world.graph.media.put({ bytes, mimeType }, WORLD.phoneNumberId);
  await customer.send("", {
    type,
    text: undefined,
    [type]: { id, mime_type: mimeType, sha256: "x", ...more },
  });
  const [reply] = await customer.waitForReply();
  return { id, phone: customer.phone, reply: reply?.text ?? "" };
}
async function sendPicture() {
  const sent = await sendFile("image", SAMPLES.png, "image/png");
  await world.drain();
  return sent;
}
const rows = () => world.sql<{ path: string; media_id: string; mime_type: string; bytes: number | null }>`
  select path, media_id, mime_type, bytes from media_files order by stored_at`;
const age = (days: number) => world.sql`
  update media_files set stored_at = stored_at - make_interval(days => ${days}::int),
                         expires_at = expires_at - make_interval(days => ${days}::int)`;
async function purge() {
  const headers = { authorization: `Bearer ${WORLD.cronSecret}` };
  const answer = await (await fetch(`${world.url}/api/cron/purge`, { headers })).json();
  return { mediaFiles: answer.purged.mediaFiles, done: answer.done };
}

test("nothing is kept, and nothing asked of Blob, for a company that has not said for how long", async () => {
  await archiveFor(null);
  await sendPicture();
  await archiveFor(0);
  await sendPicture();
  expect(blob.requests).toEqual([]);
  expect(await rows()).toEqual([]);
});

test("voice notes, pictures, texts and PDFs are kept as they came, under paths that tell nobody", async () => {
  const files = [
    { type: "audio", bytes: voiceNote(3, "¿Cuánto cuesta el envío?"), mimeType: "audio/ogg" },
    { type: "image", bytes: SAMPLES.jpeg, mimeType: "image/jpeg" },
    { type: "document", bytes: Buffer.from("Pedido de Rosa"), mimeType: "text/plain" },
    { type: "document", bytes: pdf({ pages: ["Factura de Rosa"] }), mimeType: "application/pdf" },
  ];
  for (const { type, bytes, mimeType } of files) {
    const { id, reply, phone } = await sendFile(type, bytes, mimeType, { filename: "Rosa" });
    await world.drain();
    expect(reply).not.toBe("");
    const row = (await rows()).find(({ media_id }) => media_id === id);
    expect(row).toMatchObject({ mime_type: mimeType, bytes: bytes.byteLength });
    expect(row?.path).toMatch(/^media\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(row?.path).not.toContain(phone);
    expect(blob.files.get(row?.path ?? "")).toEqual({ bytes: Buffer.from(bytes), mimeType });
  }
  expect(blob.files.size).toBe(files.length);
});

test("a file goes after its days, and not before", async () => {
  await sendPicture();
  await age(29);
  expect(await purge()).toEqual({ mediaFiles: 0, done: true });
  expect(blob.files.size).toBe(1);
  await age(1);
  expect(await purge()).toEqual({ mediaFiles: 1, done: true });
  expect(blob.files.size).toBe(0);
  expect(await rows()).toEqual([]);
});

test("a shorter setting takes effect at the next purge, and a longer one keeps nothing longer", async () => {
  await sendPicture();
  await age(10);
  await archiveFor(11);
  expect(await purge()).toMatchObject({ mediaFiles: 0 });
  await archiveFor(365);
  await age(2);
  expect(await purge()).toMatchObject({ mediaFiles: 1 });
  await sendPicture();
  await age(1);
  await archiveFor(null);
  expect(await purge()).toMatchObject({ mediaFiles: 1 });
  expect(blob.files.size).toBe(0);
});

test("a file goes with its message, in the same purge", async () => {
  await archiveFor(365);
  await sendPicture();
  const other = await sendPicture();
  await age(8);
  await world.sql`update messages set created_at = now() - interval '400 days' where content ->> 'id' is distinct from ${other.id}`;
  expect(await purge()).toMatchObject({ mediaFiles: 1 });
  expect((await rows()).map(({ media_id }) => media_id)).toEqual([other.id]);
});

test("the reply waits for no store that does not answer", async () => {
  const held = gate();
  blob.fault = async (response) => {
    await held.promise;
    send(response, 200, {});
  };
  const { reply } = await sendFile("image", SAMPLES.png, "image/png");
  expect(reply).not.toBe("");
  expect((await rows())[0]?.bytes ?? null).toBeNull();
  held.open();
  await world.drain();
  expect((await rows())[0]?.bytes).toBe(SAMPLES.png.byteLength);
});

test.each([
  ["refuses", (r: Parameters<typeof send>[0]) => send(r, 403, { error: { code: "store_suspended" } })],
  ["fails", (r: Parameters<typeof send>[0]) => send(r, 500, "oops")],
  ["breaks off", (r: Parameters<typeof send>[0]) => r.destroy()],
])("a store that %s costs the customer nothing, and leaves nothing behind", async (_how, fault) => {
  blob.fault = fault;
  expect((await sendPicture()).reply).not.toBe("");
  expect(await rows()).toMatchObject([{ bytes: null }]);
  const [turn] = await world.sql<{
    errors: string[];
  }>`select errors from turns order by started_at desc limit 1`;
  expect(turn?.errors).toEqual([]);
  blob.fault = null;
  await age(30);
  expect(await purge()).toEqual({ mediaFiles: 1, done: true });
});

test("what a crash left between record and confirmation is deleted, whether the file is there or not", async () => {
  await sendPicture();
  await world.sql`update media_files set bytes = null`;
  await world.sql`insert into media_files (path, tenant_id, media_id, mime_type, expires_at)
    select 'media/never-put', id, 'm', 'image/png', now() + interval '30 days' from tenants`;
  await age(30);
  expect(await purge()).toEqual({ mediaFiles: 2, done: true });
  expect(blob.files.size).toBe(0);
});

test("files that are due stay known until the store has deleted them, many in one call", async () => {
  await world.sql`insert into media_files (path, tenant_id, media_id, mime_type, stored_at, expires_at)
    select 'media/' || n, id, n::text, 'image/png', now() - interval '31 days', now() - interval '1 day'
      from tenants, generate_series(1, 250) n`;
  blob.fault = (response) => send(response, 503, { error: { code: "service_unavailable" } });
  expect(await purge()).toEqual({ mediaFiles: 0, done: false });
  expect(await rows()).toHaveLength(250);
  blob.fault = null;
  blob.requests.length = 0;
  expect(await purge()).toEqual({ mediaFiles: 250, done: true });
  expect(blob.requests.map(({ urls }) => urls)).toEqual([100, 100, 50]);
  expect(await rows()).toEqual([]);
});
