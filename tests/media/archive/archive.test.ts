import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createArchiver } from "../../../lib/media/archive/archive.ts";
import { createBlobStore } from "../../../lib/media/archive/blob-store.ts";
import { purgeFiles } from "../../../lib/media/archive/purge-files.ts";
import { createLog } from "../../../lib/telemetry/log.ts";
import type { FileStore, MediaFiles, Medium } from "../../../lib/types/media.ts";
import { gate } from "../../support/gate.ts";
import { pdf } from "../pdfs.ts";
import { type MediaHost, NUMBER, SAMPLES, startBystander, startMediaHost } from "../support.ts";
import { BLOB_TOKEN, type BlobEndpoint, send, startBlob } from "./blob.ts";

let blob: BlobEndpoint;
let host: MediaHost;
let store: FileStore;
const lines: string[] = [];
const log = createLog("debug", (line) => lines.push(line));
beforeAll(async () => {
  blob = await startBlob();
  host = await startMediaHost();
  store = createBlobStore({ apiUrl: blob.url, token: BLOB_TOKEN });
});
afterAll(async () => {
  await blob.close();
  await host.close();
});
beforeEach(() => {
  blob.fault = null;
  blob.files.clear();
  blob.requests.length = 0;
  host.requests.length = 0;
  lines.length = 0;
});

const signal = new AbortController().signal;
const picture = { bytes: SAMPLES.png, mimeType: "image/png" };

describe("Vercel Blob", () => {
  test("is asked once more when it fails, and the file is put whole", async () => {
    blob.fault = (response) => {
      blob.fault = null;
      send(response, 503, { error: { code: "service_unavailable" } });
    };
    await store.put("media/a", picture, signal);
    expect(blob.files.get("media/a")).toEqual({ bytes: Buffer.from(SAMPLES.png), mimeType: "image/png" });
    expect(blob.requests).toHaveLength(2);
  });

  test("takes a file again under its path, and deletes what is not there", async () => {
    await store.put("media/a", picture, signal);
    await store.put("media/a", picture, signal);
    await store.remove(["media/a", "media/never"], signal);
    expect(blob.files.size).toBe(0);
  });

  test.each([
    [
      403,
      { error: { code: "store_suspended", message: "51987654321 is suspended" } },
      "blob_store_suspended",
    ],
    [400, "<html>", "blob_http_400"],
    [404, { error: { code: "51987654321" } }, "blob_http_404"],
    [204, {}, "blob_http_204"],
  ])("answering %i is named by a code, once asked", async (status, body, code) => {
    blob.fault = (response) => send(response, status, body);
    await expect(store.put("media/a", picture, signal)).rejects.toMatchObject({ code });
    expect(blob.requests).toHaveLength(1);
  });

  test("sends its token nowhere else", async () => {
    const bystander = await startBystander();
    blob.fault = (response) => {
      response.writeHead(307, { location: bystander.url });
      response.end();
    };
    await expect(store.remove(["media/a"], signal)).rejects.toThrow("blob_http_307");
    expect(bystander.visits).toEqual([]);
    await bystander.close();
  });
});

/** A archiver whose records note what was said to them. */
function archiver(over: Partial<MediaFiles> = {}) {
  const said: string[] = [];
  const work: Promise<unknown>[] = [];
  const files: MediaFiles = {
    async record({ mediaId }) {
      said.push(`record ${mediaId}`);
      return `media/${mediaId}`;
    },
    confirm: async (path, bytes) => void said.push(`confirm ${path} ${bytes}`),
    shorten: async () => undefined,
    due: async () => [],
    forget: async () => 0,
    ...over,
  };
  const waitUntil = (promise: Promise<unknown>) => void work.push(promise);
  const archive = createArchiver({ files, store, source: host.source, waitUntil, log });
  return { archive, said, done: () => Promise.all(work) };
}

const medium = (mediaId: string, type = "document"): Medium => ({
  phoneNumberId: NUMBER,
  mediaId,
  type,
  mimeType: null,
  filename: "Rosa Quispe 51987654321.pdf",
});

describe("a file", () => {
  test("is recorded before it is put, and confirmed after", async () => {
    const { archive, said, done } = archiver();
    blob.fault = (response) => {
      said.push("put");
      send(response, 200, {});
    };
    archive(medium("a", "image"), "image/png", SAMPLES.png);
    await done();
    expect(said).toEqual(["record a", "put", `confirm media/a ${SAMPLES.png.byteLength}`]);
  });

  test("that cannot be recorded is not put", async () => {
    const failing = archiver({ record: () => Promise.reject(new Error("no database")) });
    failing.archive(medium("a", "image"), "image/png", SAMPLES.png);
    await failing.done();
    expect(blob.requests).toEqual([]);
    expect(lines.join()).toContain("media.not_archived");
  });

  test("that the company does not want is not even fetched", async () => {
    const { archive, done } = archiver({ record: async () => null });
    archive(medium("p"), "application/pdf", null);
    await done();
    expect(host.requests).toEqual([]);
    expect(blob.requests).toEqual([]);
  });

  test("that is no PDF is not kept as one", async () => {
    const { archive, done } = archiver();
    host.offer("x", { bytes: SAMPLES.html });
    archive(medium("x"), "application/pdf", null);
    await done();
    expect(blob.requests).toEqual([]);
    expect(lines.join()).toContain("wrong_format");
  });

  test("is held only while few are: the others are fetched again, one at a time", async () => {
    const { archive, said, done } = archiver();
    const held = gate();
    const large = Buffer.concat([SAMPLES.png, Buffer.alloc(7 * 1024 * 1024)]);
    const sent = pdf({ pages: ["Factura"] });
    for (const id of ["b", "c"]) host.offer(id, { bytes: sent });
    host.offer("d", { bytes: Buffer.from("words"), mimeType: "text/plain" });
    const threePuts = gate();
    blob.fault = async (response) => {
      if (blob.requests.length === 3) threePuts.open();
      await held.promise;
      send(response, 200, {});
    };
    archive(medium("a", "image"), "image/png", new Uint8Array(large));
    archive(medium("a2", "image"), "image/png", new Uint8Array(large));
    for (const id of ["b", "c"]) archive(medium(id), "application/pdf", null);
    archive(medium("d"), "text/plain", new Uint8Array(3 * 1024 * 1024));
    await threePuts.promise;
    expect(said).toEqual(["record a", "record a2", "record b"]);
    expect(host.requests.map(({ path }) => path.includes("/b"))).toEqual([true, true]);
    held.open();
    await done();
    expect(said).toContain(`confirm media/c ${sent.byteLength}`);
    expect(said).toContain("confirm media/d 5");
    // What is held no more makes room again.
    const before = host.requests.length;
    archive(medium("e", "image"), "image/png", new Uint8Array(large));
    await done();
    expect(host.requests.length).toBe(before);
  });

  test("leaves neither name nor number nor path in the log, whatever fails", async () => {
    blob.fault = (response) => response.destroy();
    const { archive, done } = archiver();
    archive(medium("a", "image"), "image/png", SAMPLES.png);
    archive(medium("gone"), "application/pdf", null);
    await done();
    expect(lines).toHaveLength(2);
    expect(lines.join()).not.toMatch(/Rosa|51987654321|media\/|secret/);
  });
});

describe("the purge of files", () => {
  const clock = { now: () => 0, sleep: async () => undefined };
  const due = (over: Partial<MediaFiles> = {}): MediaFiles => ({
    record: async () => null,
    confirm: async () => undefined,
    shorten: async () => undefined,
    due: async () => ["media/a"],
    forget: async (paths) => paths.length,
    ...over,
  });

  test("says so when there are files and the token was taken away", async () => {
    const result = await purgeFiles({ mediaFiles: due(), fileStore: null, clock, log }, 1_000);
    expect(result).toEqual({ deleted: 0, done: false });
    expect(lines.join()).toContain("no_blob_token");
  });

  test("is silent without a token when there is nothing to delete", async () => {
    const nothing = due({ due: async () => [] });
    const result = await purgeFiles({ mediaFiles: nothing, fileStore: null, clock, log }, 1_000);
    expect(result).toEqual({ deleted: 0, done: true });
    expect(lines).toEqual([]);
  });

  test("ends at its time and says that more is left", async () => {
    let nowMs = 0;
    const slow = { ...clock, now: () => (nowMs += 400) };
    const result = await purgeFiles({ mediaFiles: due(), fileStore: store, clock: slow, log }, 1_000);
    expect(result).toEqual({ deleted: 3, done: false });
  });

  test("forgets nothing of what the store may still have", async () => {
    blob.fault = (response) => response.destroy();
    const forgotten: string[] = [];
    const forget = async (paths: readonly string[]) => forgotten.push(...paths);
    const result = await purgeFiles({ mediaFiles: due({ forget }), fileStore: store, clock, log }, 1_000);
    expect(result).toEqual({ deleted: 0, done: false });
    expect(forgotten).toEqual([]);
  });
});
