import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createOpenAI } from "@ai-sdk/openai";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OfflineModel, startOfflineModel } from "../../fakes/model/server.ts";
import { systemClock } from "../../lib/compose/clock.ts";
import { createMediaReader } from "../../lib/media/read/reader.ts";
import { createLog } from "../../lib/telemetry/log.ts";
import type { Medium } from "../../lib/types/media.ts";
import { type MediaHost, NUMBER, type Offer, SAMPLES, startMediaHost, voiceNote } from "./support.ts";

let host: MediaHost;
let model: OfflineModel;
const lines: string[] = [];
beforeAll(async () => {
  host = await startMediaHost();
  model = await startOfflineModel();
});
afterAll(async () => {
  await model.close();
  await host.close();
});

let count = 0;
const medium = (type: string, mimeType: string | null, filename: string | null = null): Medium => ({
  phoneNumberId: NUMBER,
  mediaId: `m${++count}`,
  type,
  mimeType,
  filename,
});

interface Options {
  deadlineMs?: number;
  transcriptionModel?: string;
  modelUrl?: string;
  mayListen?: (seconds: number) => boolean;
}

function read(asked: Medium, offer: Offer | null, options: Options = {}) {
  const {
    deadlineMs = 20_000,
    transcriptionModel = "gpt-4o-mini-transcribe",
    modelUrl = model.url,
  } = options;
  if (offer) host.offer(asked.mediaId, { mimeType: asked.mimeType ?? "", ...offer });
  const openai = createOpenAI({ apiKey: "test", baseURL: modelUrl });
  const reader = createMediaReader({
    source: host.source,
    transcription: openai.transcription(transcriptionModel),
    pdf: { publicUrl: null, secret: () => "secret", clock: systemClock },
    log: createLog("debug", (line) => lines.push(line)),
  });
  return reader.read(asked, deadlineMs, options.mayListen);
}
const unreadable = (reason: string) => ({ kind: "unreadable", reason });

describe("sound", () => {
  test("a voice note is heard, and counted by its own seconds", async () => {
    const asked = medium("audio", "audio/ogg; codecs=opus");
    const reading = await read(asked, { bytes: voiceNote(6.5, "¿Dónde está mi pedido 4711?") });
    expect(reading).toEqual({
      kind: "text",
      text: "¿Dónde está mi pedido 4711?",
      seconds: 6.5,
      model: "gpt-4o-mini-transcribe",
    });
  });

  test.each(["application/ogg", "video/ogg", "audio/wave"])(
    "one declared as %s is heard",
    async (mimeType) => {
      const reading = await read(medium("audio", mimeType), { bytes: voiceNote(1, "hola") });
      expect(reading).toMatchObject({ kind: "text", text: "hola" });
    },
  );

  test("nobody listens to more than there is left", async () => {
    const asked = medium("audio", "audio/ogg; codecs=opus");
    const wanted: number[] = [];
    const mayListen = (seconds: number) => wanted.push(seconds) === 0;
    const note = { bytes: voiceNote(6.5, "hola") };
    expect(await read(asked, note, { mayListen, modelUrl: "http://127.0.0.1:1" })).toEqual(
      unreadable("over_budget"),
    );
    expect(wanted).toEqual([6.5]);
  });

  test("a service that counts seconds itself is believed", async () => {
    const asked = medium("voice", null);
    const reading = await read(asked, { bytes: voiceNote(6.5, "hola") }, { transcriptionModel: "whisper-1" });
    expect(reading).toEqual({ kind: "text", text: "hola", seconds: 7, model: "whisper-1" });
  });

  test("a long speech is kept whole, of a longer one the beginning and the end", async () => {
    const said = (times: number) => `primero ${"palabra ".repeat(times)}último`;
    const heard = async (times: number) => {
      const reading = await read(medium("audio", "audio/ogg"), { bytes: voiceNote(60, said(times)) });
      return reading.kind === "text" ? reading.text : null;
    };
    expect(await heard(1_400)).toBe(said(1_400));
    expect(await heard(1_800)).toMatch(
      /^primero palabra .*【left out: 2,\d{3} characters】 .*palabra último$/,
    );
  });

  test("a recording of an hour is not sent to be heard", async () => {
    const before = model.requests.length;
    const reading = await read(medium("audio", "audio/ogg"), { bytes: voiceNote(3_600, "x") });
    expect(reading).toEqual(unreadable("too_large"));
    expect(model.requests.length).toBe(before);
  });

  test.each(["audio/amr", "audio/aac", "application/zip"])("%s is not even fetched", async (mimeType) => {
    const asked = medium("audio", mimeType);
    expect(await read(asked, { bytes: voiceNote(1, "x") })).toEqual(unreadable("unsupported"));
    expect(host.requests.filter(({ path }) => path.includes(asked.mediaId))).toEqual([]);
  });

  test("silence is an answer too, and costs its seconds", async () => {
    const silent = createServer((_, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ text: "", usage: { type: "tokens" } }));
    });
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as AddressInfo;
    const asked = medium("audio", "audio/ogg");
    const reading = await read(
      asked,
      { bytes: voiceNote(4, "x") },
      { modelUrl: `http://127.0.0.1:${port}/v1` },
    );
    expect(reading).toEqual({ kind: "text", text: "", seconds: 4 });
    silent.closeAllConnections();
    silent.close();
  });

  test("a service that is busy for a moment is waited for", async () => {
    model.setFault((_request, n) => (n === 1 ? { status: 429, headers: { "retry-after-ms": "20" } } : null));
    const reading = await read(medium("audio", "audio/ogg"), { bytes: voiceNote(2, "hola") });
    model.setFault(null);
    expect(reading).toMatchObject({ kind: "text", text: "hola" });
  });

  test("a service that fails is a failure, tried once", async () => {
    model.setFault(() => ({ status: 500 }));
    const before = model.requests.length;
    expect(await read(medium("audio", "audio/ogg"), { bytes: voiceNote(2, "x") })).toEqual(
      unreadable("failed"),
    );
    expect(model.requests.length).toBe(before + 1);
    model.setFault(null);
  });
});

describe("pictures", () => {
  test.each([
    ["image/jpeg", SAMPLES.jpeg],
    ["image/png", SAMPLES.png],
    ["image/webp", SAMPLES.webp],
  ])("%s is passed on as it is", async (mimeType, bytes) => {
    const reading = await read(medium("image", mimeType), { bytes });
    expect(reading).toMatchObject({ kind: "image", mimeType });
    expect(reading.kind === "image" ? Buffer.from(reading.bytes) : null).toEqual(Buffer.from(bytes));
  });

  test("what it is counts, not what it is called", async () => {
    expect(await read(medium("image", "image/jpeg"), { bytes: SAMPLES.png })).toMatchObject({
      mimeType: "image/png",
    });
    expect(await read(medium("image", null), { bytes: SAMPLES.png })).toMatchObject({
      mimeType: "image/png",
    });
    expect(await read(medium("image", "application/octet-stream"), { bytes: SAMPLES.jpeg })).toMatchObject({
      mimeType: "image/jpeg",
    });
  });

  test.each([
    ["a web page", SAMPLES.html],
    ["an archive", SAMPLES.zip],
    ["a voice note", voiceNote(1, "x")],
  ])("%s that is called a JPEG is refused", async (_, bytes) => {
    expect(await read(medium("image", "image/jpeg"), { bytes })).toEqual(unreadable("unsupported"));
  });

  test("what the Graph API calls something else is refused", async () => {
    const offer = { bytes: SAMPLES.jpeg, facts: { mime_type: "text/html" } };
    expect(await read(medium("image", "image/jpeg"), offer)).toEqual(unreadable("unsupported"));
  });

  test("over 5 MB it is too large", async () => {
    const bytes = Buffer.concat([SAMPLES.jpeg, Buffer.alloc(5 * 1024 * 1024)]);
    expect(await read(medium("image", "image/jpeg"), { bytes })).toEqual(unreadable("too_large"));
  });
});

describe("documents", () => {
  const WORDS = "producto;precio\ncafé;25,50";

  test.each([
    ["text/plain", "notas.txt"],
    ["text/csv", null],
    ["application/vnd.ms-excel", "precios.CSV"],
    ["application/json; charset=utf-8", null],
    ["text/markdown", "leeme.md"],
    ["application/octet-stream", "notas.txt"],
    [null, null],
  ])("%s (%s) is read", async (mimeType, filename) => {
    const reading = await read(medium("document", mimeType, filename), {
      bytes: Buffer.from(WORDS, "latin1"),
    });
    expect(reading).toEqual({ kind: "text", text: WORDS, seconds: null });
  });

  test.each([
    ["application/vnd.openxmlformats-officedocument.wordprocessingml.document", "carta.docx"],
    ["application/zip", "todo.zip"],
    ["text/html", "pagina.html"],
    ["application/vnd.android.package-archive", "app.apk"],
  ])("%s (%s) is not even fetched", async (mimeType, filename) => {
    const asked = medium("document", mimeType, filename);
    expect(await read(asked, { bytes: SAMPLES.zip })).toEqual(unreadable("unsupported"));
    expect(host.requests.filter(({ path }) => path.includes(asked.mediaId))).toEqual([]);
  });

  test("an archive that is called a text is refused", async () => {
    expect(await read(medium("document", "text/plain", "notas.txt"), { bytes: SAMPLES.zip })).toEqual(
      unreadable("unsupported"),
    );
  });

  test("a PDF is not read by a deployment that does not know its own address", async () => {
    expect(await read(medium("document", "application/pdf"), null)).toEqual(unreadable("unsupported"));
    const unsaid = await read(medium("document", null), { bytes: Buffer.from("%PDF-1.7") });
    expect(unsaid).toEqual(unreadable("unsupported"));
  });
});

test.each(["video", "sticker", "location", "constructor", "__proto__"])(
  "%s is only described",
  async (type) => {
    expect(await read(medium(type, null), { bytes: SAMPLES.webp })).toEqual(unreadable("unsupported"));
  },
);

test("a file that does not come is given up at the deadline", async () => {
  const offer = { bytes: SAMPLES.jpeg, send: () => {} };
  expect(await read(medium("image", "image/jpeg"), offer, { deadlineMs: 200 })).toEqual(
    unreadable("timeout"),
  );
});

test("a host that is not there is a failure", async () => {
  const asked = { ...medium("image", "image/jpeg"), phoneNumberId: "999" };
  expect(await read(asked, null)).toEqual(unreadable("failed"));
});

test("logs hold kinds and codes, and neither tokens, ids, names nor words", () => {
  const log = lines.join("\n");
  expect(log).toContain('"code":"wrong_format"');
  expect(log).not.toMatch(/EAA|Bearer|carta|notas|pedido|127\.0\.0\.1|m\d+"/);
});
