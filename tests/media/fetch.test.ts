import { createHash, randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fetchMedium } from "../../lib/media/file/fetch.ts";
import { errorCode } from "../../lib/telemetry/error-code.ts";
import { type MediaHost, NUMBER, SAMPLES, startBystander, startMediaHost, TOKEN } from "./support.ts";

let host: MediaHost;
beforeAll(async () => {
  host = await startMediaHost();
});
afterAll(() => host.close());

const KB = 1024;
const fetched = (
  mediaId: string,
  options: { maxBytes?: number; signal?: AbortSignal; number?: string } = {},
) =>
  fetchMedium({ phoneNumberId: options.number ?? NUMBER, mediaId }, host.source, {
    maxBytes: options.maxBytes ?? 64 * KB,
    signal: options.signal ?? AbortSignal.timeout(20_000),
  });
const pathsOf = (mediaId: string) =>
  host.requests.filter(({ path }) => path.includes(mediaId)).map(({ path }) => path);

test("asks for the link with the number's id, then follows it, each time with the token", async () => {
  host.offer("1001", { bytes: SAMPLES.jpeg, mimeType: "image/jpeg" });
  const { bytes, mimeType } = await fetched("1001");
  expect(Buffer.from(bytes)).toEqual(Buffer.from(SAMPLES.jpeg));
  expect(mimeType).toBe("image/jpeg");
  expect(pathsOf("1001")).toEqual([`/v26.0/1001?phone_number_id=${NUMBER}`, "/file/1001"]);
  expect(new Set(host.requests.map(({ authorization }) => authorization))).toEqual(
    new Set([`Bearer ${TOKEN}`]),
  );
});

test("a link that is over is asked for anew, once", async () => {
  let tries = 0;
  host.offer("1002", {
    bytes: SAMPLES.png,
    send: (response) => {
      response.statusCode = ++tries === 1 ? 404 : 200;
      response.end(tries === 1 ? "" : SAMPLES.png);
    },
  });
  await expect(fetched("1002")).resolves.toMatchObject({ bytes: expect.anything() });
  expect(pathsOf("1002")).toHaveLength(4);
});

test("a link that stays over is gone", async () => {
  host.offer("1003", { bytes: SAMPLES.png, send: (response) => response.writeHead(404).end() });
  await expect(fetched("1003")).rejects.toMatchObject({ reason: "gone", code: "download_http_404" });
  expect(pathsOf("1003")).toHaveLength(4);
});

test("an id that Meta does not know any more is gone; a throttle with the same status is not", async () => {
  await expect(fetched("1004")).rejects.toMatchObject({ reason: "gone" });
  const throttle = JSON.stringify({ error: { code: 130429, message: "Rate limit hit" } });
  host.offer("1005", { bytes: SAMPLES.png, sendFacts: (response) => response.writeHead(400).end(throttle) });
  await expect(fetched("1005")).rejects.toMatchObject({ reason: "failed", code: "graph_http_400" });
});

test("a stumble of Meta's is got over", async () => {
  let tries = 0;
  host.offer("1006", {
    bytes: SAMPLES.png,
    send: (response) => {
      response.statusCode = ++tries === 1 ? 503 : 200;
      response.end(tries === 1 ? "busy" : SAMPLES.png);
    },
  });
  await expect(fetched("1006")).resolves.toMatchObject({ bytes: expect.anything() });
});

describe("the token stays with Meta", () => {
  test("a link to another host is not followed", async () => {
    const bystander = await startBystander();
    const elsewhere = bystander.url.replace("127.0.0.1", "localhost");
    for (const url of [bystander.url, elsewhere, `${bystander.url.replace("//", "//127.0.0.1@")}/x`]) {
      host.offer("2001", { bytes: SAMPLES.jpeg, facts: { url } });
      await expect(fetched("2001")).rejects.toMatchObject({ reason: "failed", code: "media_host_refused" });
    }
    await bystander.close();
    expect(bystander.visits).toEqual([]);
  });

  test.each([301, 302, 303, 307, 308])("a redirect (%i) is not followed", async (status) => {
    const bystander = await startBystander();
    host.offer("2002", {
      bytes: SAMPLES.jpeg,
      send: (response) => response.writeHead(status, { location: bystander.url }).end(),
    });
    await expect(fetched("2002")).rejects.toMatchObject({ reason: "failed" });
    host.offer("2003", {
      bytes: SAMPLES.jpeg,
      sendFacts: (response) => response.writeHead(status, { location: bystander.url }).end(),
    });
    await expect(fetched("2003")).rejects.toMatchObject({ reason: "failed" });
    await bystander.close();
    expect(bystander.visits).toEqual([]);
  });

  test.each(["", "..", "../me", "a/b", "?fields=x", ".", "%2e%2e", "x".repeat(300)])(
    "the media id %j asks for nothing",
    async (mediaId) => {
      const before = host.requests.length;
      await expect(fetched(mediaId)).rejects.toMatchObject({ code: "bad_media_id" });
      expect(host.requests.length).toBe(before);
    },
  );

  test("a number that is not ours asks for nothing", async () => {
    const before = host.requests.length;
    await expect(fetched("2004", { number: "999" })).rejects.toMatchObject({ code: "unknown_number" });
    expect(host.requests.length).toBe(before);
  });
});

describe("no more is taken than may be", () => {
  const bytes = randomBytes(20 * KB);

  test("announced as too large, it is not even begun", async () => {
    host.offer("3001", { bytes });
    await expect(fetched("3001", { maxBytes: 10 * KB })).rejects.toMatchObject({ reason: "too_large" });
    expect(pathsOf("3001")).toHaveLength(1);
  });

  test("too large by its length alone", async () => {
    host.offer("3002", { bytes, facts: { file_size: undefined } });
    await expect(fetched("3002", { maxBytes: 10 * KB })).rejects.toMatchObject({ reason: "too_large" });
  });

  test("announced smaller than it is, it is still no larger than it may be", async () => {
    host.offer("3003", { bytes, facts: { file_size: 1 * KB } });
    await expect(fetched("3003", { maxBytes: 10 * KB })).rejects.toMatchObject({ reason: "too_large" });
  });

  test.each([undefined, 5 * KB])("a stream without end is left (announced: %s bytes)", async (fileSize) => {
    let sentBytes = 0;
    let closed = false;
    host.offer("3004", {
      bytes,
      facts: { file_size: fileSize },
      send: (response) => {
        response.writeHead(200);
        response.on("close", () => {
          closed = true;
        });
        const more = (): void => {
          while (!closed && response.write(bytes)) sentBytes += bytes.byteLength;
          if (!closed) response.once("drain", more);
        };
        more();
      },
    });
    await expect(fetched("3004")).rejects.toMatchObject({ reason: "too_large" });
    await expect.poll(() => closed).toBe(true);
    expect(sentBytes).toBeLessThan(50 * 1024 * KB);
  });

  test("a stream that stalls ends with the signal", async () => {
    const stop = new AbortController();
    host.offer("3005", {
      bytes,
      send: (response) => {
        response.writeHead(200);
        response.write(bytes.subarray(0, KB), () => stop.abort());
      },
    });
    const failure = await fetched("3005", { signal: stop.signal }).catch(errorCode);
    expect(failure).toBe("aborted");
  });

  test("nothing at all is a failure", async () => {
    host.offer("3006", { bytes: new Uint8Array() });
    await expect(fetched("3006")).rejects.toMatchObject({ reason: "failed", code: "empty" });
  });
});

describe("another size or digest than announced", () => {
  const bytes = randomBytes(20 * KB);
  const other = createHash("sha256").update("another");
  const { length } = bytes;

  test.each<[string, Record<string, unknown>]>([
    ["7 too many", { file_size: length + 7 }],
    ["3 too few", { file_size: length - 3 }],
    ["half", { file_size: length / 2 }],
    ["0", { file_size: 0 }],
    ["another digest", { sha256: other.copy().digest("hex") }],
    ["another digest in base64", { sha256: other.copy().digest("base64") }],
    ["both", { file_size: length + 1, sha256: other.copy().digest("hex") }],
  ])("%s: downloaded once more, and used when it comes the same again", async (name, facts) => {
    const id = `50${name.replace(/\W/g, "")}`;
    host.offer(id, { bytes, facts });
    const { bytes: got } = await fetched(id);
    expect(Buffer.compare(got, bytes)).toBe(0);
    expect(pathsOf(id).filter((path) => path.startsWith("/file"))).toHaveLength(2);
  });

  test("that comes differently each time is refused", async () => {
    let at = 0;
    const send = (response: ServerResponse) => response.end(bytes.subarray(0, length - ++at));
    host.offer("5101", { bytes, send });
    await expect(fetched("5101")).rejects.toMatchObject({ reason: "failed", code: "other_size" });
    expect(at).toBe(2);
  });

  test("that was right the second time is used", async () => {
    let at = 0;
    const send = (response: ServerResponse) => response.end(++at === 1 ? bytes.subarray(0, 100) : bytes);
    host.offer("5102", { bytes, send });
    expect(Buffer.compare((await fetched("5102")).bytes, bytes)).toBe(0);
  });
});

describe("the digest", () => {
  const digest = createHash("sha256").update(SAMPLES.png);
  const whole = digest.digest();

  test.each([
    whole.toString("hex"),
    whole.toString("hex").toUpperCase(),
    whole.toString("base64"),
    undefined,
    "3q2+7w==",
  ])("%s is taken", async (sha256) => {
    host.offer("4001", { bytes: SAMPLES.png, facts: { sha256 } });
    await expect(fetched("4001")).resolves.toMatchObject({ bytes: expect.anything() });
  });
});

test.each(["", "<html>", "[]", '"x"', "{}", '{"url":7}', '{"url":"not a url"}'])(
  "facts that are none (%s) are a failure",
  async (body) => {
    host.offer("5001", { bytes: SAMPLES.png, sendFacts: (response) => response.end(body) });
    await expect(fetched("5001")).rejects.toMatchObject({ reason: "failed", code: "no_media_url" });
  },
);

test("facts without end are a failure", async () => {
  host.offer("5002", { bytes: SAMPLES.png, sendFacts: (response) => response.end("x".repeat(70_000)) });
  await expect(fetched("5002")).rejects.toMatchObject({ code: "too_large" });
});
