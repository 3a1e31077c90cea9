import { createOpenAI } from "@ai-sdk/openai";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { PROJECT_DIRECTORY } from "../../host/bot.ts";
import { type RunningServer, serve } from "../../host/server/server.ts";
import { systemClock } from "../../lib/compose/clock.ts";
import { readPdf } from "../../lib/media/pdf/pdf.ts";
import { servePdf } from "../../lib/media/pdf/serve-pdf.ts";
import { sign } from "../../lib/media/pdf/sign.ts";
import { createMediaReader } from "../../lib/media/read/reader.ts";
import { createLog } from "../../lib/telemetry/log.ts";
import type { Medium } from "../../lib/types/media.ts";
import { pdf } from "./pdfs.ts";
import { type MediaHost, NUMBER, SAMPLES, startMediaHost } from "./support.ts";

const SECRET = "first-app-secret-0123456789";
const OLD_SECRET = "old-app-secret-0123456789";
/** Of another app. */
const OTHER_NUMBER = "206540352242999";
const OTHER_SECRET = "other-app-secret-0123456789";
const log = createLog("error", () => {});

let host: MediaHost;
let server: RunningServer;
let nowMs = Date.now();
beforeAll(async () => {
  host = await startMediaHost();
  const deps = {
    mediaSource: host.source,
    appSecrets: [
      ...[SECRET, OLD_SECRET].map((secret) => ({ secret, phoneNumberIds: [NUMBER] })),
      { secret: OTHER_SECRET, phoneNumberIds: [OTHER_NUMBER] },
    ],
    clock: { ...systemClock, now: () => nowMs },
    log,
  };
  const load = async () => (request: Request) => servePdf(request, deps, readPdf);
  server = await serve({
    port: 0,
    host: "127.0.0.1",
    projectDirectory: PROJECT_DIRECTORY,
    routes: new Map([["/api/media/read", load]]),
    onError: () => {},
  });
});
afterAll(async () => {
  await server.close();
  await host.close();
});
beforeEach(() => {
  nowMs = Date.now();
});

const asked = (mediaId: string, filename = "factura.pdf"): Medium => ({
  phoneNumberId: NUMBER,
  mediaId,
  type: "document",
  mimeType: "application/pdf",
  filename,
});

function reader(publicUrl: string | null = server.url, secret = SECRET) {
  return createMediaReader({
    source: host.source,
    transcription: createOpenAI({ apiKey: "none" }).transcription("none"),
    pdf: { publicUrl, secret: () => secret, clock: systemClock },
    log,
  });
}

describe("a PDF is read by the function that can", () => {
  test("by its id, so that the file does not cross twice", async () => {
    const before = host.requests.length;
    host.offer("p1", { bytes: pdf({ pages: ["Factura 001"] }), mimeType: "application/pdf" });
    expect(await reader().read(asked("p1"), 20_000)).toEqual({
      kind: "text",
      text: "Factura 001",
      seconds: null,
    });
    expect(host.requests.length).toBe(before + 2);
  });

  test("also when only its bytes say that it is one", async () => {
    host.offer("p2", { bytes: pdf({ pages: ["Factura 002"] }) });
    const unsaid = { ...asked("p2"), mimeType: null, filename: null };
    expect(await reader().read(unsaid, 20_000)).toMatchObject({ text: "Factura 002" });
  });

  test("signed with a secret that is being retired", async () => {
    host.offer("p3", { bytes: pdf({ pages: ["Factura 003"] }) });
    expect(await reader(server.url, OLD_SECRET).read(asked("p3"), 20_000)).toMatchObject({
      text: "Factura 003",
    });
  });

  test.each([
    ["locked", pdf({ pages: ["x"], locked: true }), "unsupported"],
    ["broken", Buffer.from("%PDF-1.4 broken"), "unsupported"],
    ["a web page", SAMPLES.html, "unsupported"],
    ["over 20 MB", Buffer.alloc(20 * 1024 * 1024 + 1, "%PDF"), "too_large"],
  ])("one that is %s is %s", async (name, bytes, reason) => {
    host.offer(`bad-${name.length}`, { bytes });
    expect(await reader().read(asked(`bad-${name.length}`), 20_000)).toEqual({ kind: "unreadable", reason });
  });

  test("one that Meta has no more is gone", async () => {
    expect(await reader().read(asked("nowhere"), 20_000)).toEqual({ kind: "unreadable", reason: "gone" });
  });

  test.each([
    ["another secret", () => reader(server.url, "wrong")],
    ["an address where something else answers", () => reader(host.url)],
    ["an address where nobody answers", () => reader("http://127.0.0.1:1")],
  ])("with %s it fails", async (_, made) => {
    host.offer("p4", { bytes: pdf({ pages: ["x"] }) });
    expect(await made().read(asked("p4"), 20_000)).toEqual({ kind: "unreadable", reason: "failed" });
  });
});

describe("nobody else is answered", () => {
  const request = (more: object = {}) => ({
    purpose: "media.read",
    phoneNumberId: NUMBER,
    mediaId: "p1",
    filename: null,
    sentAtMs: nowMs,
    deadlineMs: 5_000,
    ...more,
  });
  const post = async (body: string, signature: string | null) =>
    fetch(`${server.url}/api/media/read`, {
      method: "POST",
      body,
      headers: signature === null ? {} : { "x-chasqui-signature": signature },
    });
  const signed = async (body: unknown, secret = SECRET) => {
    const text = JSON.stringify(body);
    return post(text, await sign(text, secret));
  };

  test("a request that is as it should be is", async () => {
    host.offer("p1", { bytes: pdf({ pages: ["words"] }) });
    expect(await (await signed(request())).json()).toEqual({ text: "words" });
  });

  test("unsigned, wrongly signed, or changed after signing: 401, and nothing is fetched", async () => {
    const before = host.requests.length;
    const body = JSON.stringify(request());
    expect((await post(body, null)).status).toBe(401);
    expect((await post(body, await sign(body, "another"))).status).toBe(401);
    expect((await post(body.replace("p1", "p2"), await sign(body, SECRET))).status).toBe(401);
    expect((await post(body, "sha256=")).status).toBe(401);
    expect(host.requests.length).toBe(before);
  });

  test.each([61_000, 3_600_000, -61_000])("signed %i ms ago: 401", async (ageMs) => {
    expect((await signed(request({ sentAtMs: nowMs - ageMs }))).status).toBe(401);
  });

  test("signed with the secret of another number's app: 403, and nothing is fetched", async () => {
    const before = host.requests.length;
    expect((await signed(request(), OTHER_SECRET)).status).toBe(403);
    expect((await signed(request({ phoneNumberId: OTHER_NUMBER }))).status).toBe(403);
    expect(host.requests.length).toBe(before);
  });

  test("a webhook of Meta's, signed with the same secret, is no request to read", async () => {
    expect((await signed({ object: "whatsapp_business_account", entry: [] })).status).toBe(400);
  });

  test.each([
    [{ purpose: undefined }],
    [{ phoneNumberId: "../x" }],
    [{ mediaId: "" }],
    [{ mediaId: 7 }],
    [{ deadlineMs: 1e9 }],
    [{ sentAtMs: "now" }],
    [{ url: "https://example.com/x.pdf" }],
  ])("%j: 400", async (more) => {
    expect((await signed(request(more))).status).toBe(400);
  });

  test("a large body: 413", async () => {
    expect((await post("x".repeat(9_000), null)).status).toBe(413);
  });
});
