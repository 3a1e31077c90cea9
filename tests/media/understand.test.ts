import { describe, expect, test } from "vitest";
import { createStages } from "../../lib/telemetry/stages.ts";
import { understand } from "../../lib/turn/answer/understand.ts";
import { createJournal } from "../../lib/turn/state/journal.ts";
import type { Tenant } from "../../lib/types/company.ts";
import type { StoredMessage } from "../../lib/types/conversation.ts";
import type { Json } from "../../lib/types/json.ts";
import type { MediaReader, Medium, Reading } from "../../lib/types/media.ts";

const tenant: Tenant = {
  id: "t",
  phoneNumberId: "106",
  profile: {
    name: "Café",
    about: "Coffee",
    tone: "friendly",
    hours: "always",
    timeZone: "America/Lima",
    language: "es",
    contact: "",
  },
};

const message = (
  id: string,
  type: string,
  content: Json,
  more: Partial<StoredMessage> = {},
): StoredMessage => ({
  id,
  direction: "in",
  waMessageId: `wamid.${id}`,
  type,
  text: null,
  content,
  about: null,
  reading: null,
  quoted: null,
  opt: null,
  timestampMs: 0,
  ...more,
});

const text = (words: string, seconds: number | null = null): Reading => ({
  kind: "text",
  text: words,
  seconds,
});
const image: Reading = { kind: "image", bytes: Uint8Array.from([1, 2]), mimeType: "image/png" };

/** A recording that fails after it was sent to be listened to says its length in its id. */
const SECONDS = /^(\d+)s$/;

/** Reads by the media's ids, and notes what was asked, for how long, and how many at once. */
function scripted(readings: Record<string, Reading>) {
  const asked: (Medium & { deadlineMs: number })[] = [];
  let underWay = 0;
  let most = 0;
  const media: MediaReader = {
    async read(medium, deadlineMs, mayListen = () => true) {
      asked.push({ ...medium, deadlineMs });
      most = Math.max(most, ++underWay);
      await Promise.resolve();
      nowMs += 1_000;
      underWay--;
      const reading = readings[medium.mediaId] ?? { kind: "unreadable", reason: "failed" };
      const seconds = SECONDS.exec(medium.mediaId)?.[1] ?? (reading.kind === "text" ? reading.seconds : null);
      return seconds === null || mayListen(Number(seconds))
        ? reading
        : { kind: "unreadable", reason: "over_budget" };
    },
  };
  let nowMs = 50_000;
  const clock = { now: () => nowMs, sleep: async () => {} };
  const budget = { turns: 300, soundSeconds: 100, usd: 200 };
  const deps = { media, clock, transcriptionModel: "gpt-4o-mini-transcribe", budget };
  return { asked, most: () => most, deps };
}

async function run(pending: StoredMessage[], readings: Record<string, Reading>, usedSeconds = 0) {
  const script = scripted(readings);
  const journal = createJournal(createStages(() => 0));
  const usage = { turns: 0, soundSeconds: usedSeconds, numberUsd: 0 };
  const understood = await understand({
    claim: { tenant, pending, usage, kept: "as it is" },
    deps: script.deps,
    journal,
  });
  const read = understood.claim.pending.map(({ reading }) => reading);
  return { ...understood, ...script, journal, read };
}

test("voice notes, documents and pictures are read with what Meta announced of them", async () => {
  const { asked, read, readings, images, claim, journal } = await run(
    [
      message("1", "text", { body: "hola" }, { text: "hola" }),
      message("2", "audio", { id: "a", mime_type: "audio/ogg; codecs=opus", voice: true }),
      message("3", "document", { id: "d", mime_type: "text/plain", filename: "notas.txt" }),
      message("4", "image", { id: "i", mime_type: "image/png", caption: "mira" }),
    ],
    { a: text("quiero pagar", 30), d: text("precios"), i: image },
  );
  expect(asked.map(({ deadlineMs: _, ...medium }) => medium)).toEqual([
    { phoneNumberId: "106", mediaId: "a", type: "audio", mimeType: "audio/ogg; codecs=opus", filename: null },
    { phoneNumberId: "106", mediaId: "d", type: "document", mimeType: "text/plain", filename: "notas.txt" },
    { phoneNumberId: "106", mediaId: "i", type: "image", mimeType: "image/png", filename: null },
  ]);
  expect(read).toEqual([null, "quiero pagar", "precios", null]);
  expect(readings).toEqual([
    { messageId: "2", text: "quiero pagar" },
    { messageId: "3", text: "precios" },
  ]);
  expect([...images]).toEqual([["4", { bytes: Uint8Array.from([1, 2]), mimeType: "image/png" }]]);
  expect(claim.kept).toBe("as it is");
  expect(journal.record()).toMatchObject({ costUsd: 0.0015, errors: [], stagesMs: { media: 0 } });
});

test("without media nothing is asked, and there is no stage", async () => {
  const pending = [
    message("1", "text", { body: "hola" }, { text: "hola" }),
    message("2", "sticker", { id: "s" }),
    message("3", "location", { latitude: 1, longitude: 2 }),
    message("4", "image", { mime_type: "image/png" }),
    message("5", "audio", null),
    message("6", "document", { id: "d" }, { reading: "read before" }),
  ];
  const { asked, claim, journal } = await run(pending, {});
  expect(asked).toEqual([]);
  expect(claim.pending).toBe(pending);
  expect(journal.record().stagesMs).toEqual({});
});

describe("what cannot be read is said", () => {
  const failing = (reason: Extract<Reading, { kind: "unreadable" }>["reason"]) =>
    run([message("1", "document", { id: "x" })], { x: { kind: "unreadable", reason } });

  test.each(["too_large", "gone", "unsupported"] as const)("%s is final and kept", async (reason) => {
    const { read, readings, journal } = await failing(reason);
    expect(read[0]).toMatch(/^【.+】$/);
    expect(readings).toEqual([{ messageId: "1", text: read[0] }]);
    expect(journal.record().errors).toEqual([`media:document:${reason}`]);
  });

  test.each(["timeout", "failed"] as const)(
    "%s may pass, and is tried again in another round",
    async (reason) => {
      const { read, readings, journal } = await failing(reason);
      expect(read[0]).toBe("【could not be opened】");
      expect(readings).toEqual([]);
      expect(journal.record().errors).toEqual([`media:document:${reason}`]);
    },
  );

  test("silence and scans", async () => {
    const { read } = await run([message("1", "audio", { id: "a" }), message("2", "document", { id: "d" })], {
      a: text("", 2),
      d: text(""),
    });
    expect(read).toEqual(["【nothing could be heard】", "【no text in it: perhaps a scan or a picture】"]);
  });

  test("a video is not watched", async () => {
    const reason = "unsupported";
    const { read } = await run([message("1", "video", { id: "v" })], { v: { kind: "unreadable", reason } });
    expect(read).toEqual(["【a kind of file that cannot be opened】"]);
  });
});

test("of many the newest five are read, three at a time, within one deadline", async () => {
  const pending = Array.from({ length: 8 }, (_, at) => message(String(at), "image", { id: `i${at}` }));
  const { asked, most, read, readings, images } = await run(
    pending,
    Object.fromEntries(pending.map((_, at) => [`i${at}`, image])),
  );
  expect(asked.map(({ mediaId }) => mediaId)).toEqual(["i3", "i4", "i5", "i6", "i7"]);
  expect(most()).toBe(3);
  expect([...images.keys()]).toEqual(["3", "4", "5", "6", "7"]);
  expect(read.slice(0, 3)).toEqual(Array(3).fill("【not opened: too many files at once】"));
  expect(readings).toEqual([]);
  expect(asked.slice(0, 3).map(({ deadlineMs }) => deadlineMs)).toEqual([8_000, 8_000, 8_000]);
  expect(asked.slice(3).every(({ deadlineMs }) => deadlineMs < 8_000)).toBe(true);
});

test("pictures that are too large together are not all looked at", async () => {
  const large: Reading = { kind: "image", bytes: new Uint8Array(5 * 1024 * 1024), mimeType: "image/jpeg" };
  const pending = [message("1", "image", { id: "a" }), message("2", "image", { id: "b" })];
  const { read, images, readings } = await run(pending, { a: large, b: large });
  expect([...images.keys()]).toEqual(["1"]);
  expect(read).toEqual([null, "【not opened: too many files at once】"]);
  expect(readings).toEqual([]);
});

describe("sound of one day", () => {
  const NOTE = "【not listened to: too much sound today; it would have to be written】";
  const voice = (...ids: string[]) => ids.map((id, at) => message(String(at), "audio", { id, voice: true }));

  test("is listened to as long as there are seconds left, whichever come first", async () => {
    const { read, readings, journal } = await run(
      voice("a", "b", "c"),
      { a: text("uno", 40), b: text("dos", 30), c: text("tres", 20) },
      40,
    );
    expect(read).toEqual(["uno", NOTE, "tres"]);
    expect(readings.map(({ messageId }) => messageId)).toEqual(["0", "2"]);
    expect(journal.usage().soundSeconds).toBe(60);
    expect(journal.record().errors).toEqual(["media:audio:over_budget"]);
  });

  test.each([100, 101, 5_000])("with %d of 100 seconds used is not even fetched", async (used) => {
    const { asked, read, journal } = await run(voice("a"), { a: text("uno", 1) }, used);
    expect(asked).toEqual([]);
    expect(read).toEqual([NOTE]);
    expect(journal.usage()).toEqual({ usd: 0, soundSeconds: 0 });
  });

  test("leaves pictures and documents alone", async () => {
    const pending = [message("1", "image", { id: "i" }), message("2", "document", { id: "d" })];
    const { read } = await run(pending, { i: image, d: text("precios") }, 5_000);
    expect(read).toEqual([null, "precios"]);
  });

  test("is used up too by a recording that nobody answered for", async () => {
    const { read, journal } = await run(voice("60s"), {});
    expect(read).toEqual(["【could not be opened】"]);
    expect(journal.usage()).toEqual({ usd: 0.003, soundSeconds: 60 });
    expect(journal.record().costUsd).toBe(0);
  });
});

test("sound of unknown length, or heard by a model without a price, has no known cost", async () => {
  const { journal } = await run([message("1", "audio", { id: "a" })], { a: text("hola", null) });
  expect(journal.record()).toMatchObject({ costUsd: null, inputTokens: 0 });
});
