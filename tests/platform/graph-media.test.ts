import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { Graph } from "../../fakes/graph/server.ts";
import { as, NUMBER, OTHER_NUMBER, startJudge, TOKEN } from "./graph-support.ts";

const authorization = `Bearer ${TOKEN}`;
const BYTES = new TextEncoder().encode("a picture, more or less");
const JPEG = { bytes: BYTES, mimeType: "image/jpeg" };

const ask = async (
  graph: Graph,
  id: string,
  query = "",
  headers: Record<string, string> = { authorization },
) => {
  const response = await fetch(`${graph.url}/v26.0/${id}${query}`, { headers });
  return { status: response.status, ...(await response.json()) };
};
const follow = (url: string, init: RequestInit = {}) =>
  fetch(url, { headers: { authorization }, redirect: "manual", ...init });
const upload = async (graph: Graph, file: Blob | null, fields: Record<string, string> = {}) => {
  const form = new FormData();
  const all = { messaging_product: "whatsapp", type: file?.type ?? "image/jpeg", ...fields };
  for (const [name, value] of Object.entries(all)) form.set(name, value);
  if (file) form.set("file", file, "a file");
  const request = { method: "POST", headers: { authorization }, body: form };
  const response = await fetch(`${graph.url}/v26.0/${NUMBER}/media`, request);
  const { id, error } = await response.json();
  return { id, code: error?.code, details: error?.error_data?.details };
};

test("tells of a file what Meta tells, and gives it for the bearer token only", async () => {
  const { graph } = await startJudge();
  const id = graph.media.put(JPEG);
  const facts = await ask(graph, id, `?phone_number_id=${NUMBER}`);
  expect(facts).toMatchObject({
    messaging_product: "whatsapp",
    id,
    mime_type: "image/jpeg",
    file_size: BYTES.length,
    sha256: createHash("sha256").update(BYTES).digest("hex"),
  });
  expect(new URL(facts.url).origin).toBe(graph.url);
  const file = await follow(facts.url);
  expect([file.status, file.headers.get("content-type")]).toEqual([200, "image/jpeg"]);
  expect(file.headers.get("content-length")).toBe(String(BYTES.length));
  expect(new Uint8Array(await file.arrayBuffer())).toEqual(BYTES);
  expect((await follow(facts.url, { headers: {} })).status).toBe(401);
  expect((await follow(facts.url, { headers: { authorization: "Bearer other" } })).status).toBe(401);
});

test("writes down who asked for what, with which headers", async () => {
  const { graph } = await startJudge();
  const id = graph.media.put(JPEG);
  const { url } = await ask(graph, id, `?phone_number_id=${NUMBER}`);
  await follow(url);
  await follow(url, { headers: {} });
  expect(graph.media.requests).toMatchObject([
    { kind: "facts", mediaId: id, phoneNumberId: NUMBER, headers: { authorization } },
    { kind: "file", mediaId: id, headers: { authorization } },
    { kind: "file", mediaId: id },
  ]);
  expect(graph.media.requests[2]?.headers).not.toHaveProperty("authorization");
});

test("ends a link after five minutes, and gives a new one", async () => {
  const { graph, clock } = await startJudge();
  const id = graph.media.put(JPEG);
  const { url } = await ask(graph, id);
  clock.nowMs += 5 * 60_000 - 1;
  expect((await follow(url)).status).toBe(200);
  clock.nowMs += 1;
  expect((await follow(url)).status).toBe(404);
  expect((await follow((await ask(graph, id)).url)).status).toBe(200);
  clock.nowMs += 7 * 24 * 3_600_000;
  expect(await ask(graph, id)).toMatchObject({ status: 400, error: { code: 100, error_subcode: 33 } });
});

test("keeps a file to its number and to whoever has a token", async () => {
  const { graph } = await startJudge({ accessTokens: { [OTHER_NUMBER]: "other-token" } });
  const id = graph.media.put(JPEG, NUMBER);
  const other = { authorization: "Bearer other-token" };
  expect(await ask(graph, id, `?phone_number_id=${OTHER_NUMBER}`, other)).toMatchObject({ status: 400 });
  expect(await ask(graph, id, `?phone_number_id=${NUMBER}`, other)).toMatchObject({ error: { code: 190 } });
  expect(await ask(graph, id, "", {})).toMatchObject({ status: 401, error: { code: 190 } });
  expect(await ask(graph, id, "", other)).toMatchObject({ status: 401, error: { code: 190 } });
  const { url } = await ask(graph, id);
  expect((await follow(url, { headers: other })).status).toBe(401);
  expect(await ask(graph, "123")).toMatchObject({ error: { code: 100, error_subcode: 33 } });
});

test("takes an upload, which can then be sent as what it is, until it is deleted", async () => {
  const { graph, post } = await startJudge();
  const { id } = await upload(graph, new Blob([BYTES], { type: "image/png" }));
  expect(graph.media.get(id)).toMatchObject({ bytes: BYTES, mimeType: "image/png", filename: "a file" });
  expect(await post(as("image", { id }))).toMatchObject({ code: 200 });
  expect(await post(as("image", { id }), { number: OTHER_NUMBER })).toMatchObject({ code: 131009 });
  expect(await post(as("video", { id }))).toMatchObject({
    code: 131009,
    details: expect.stringMatching(/^video\['id']/),
  });
  const header = { type: "image", image: { id: "404" } };
  const buttons = [{ type: "reply", reply: { id: "a", title: "A" } }];
  const interactive = { type: "button", header, body: { text: "a" }, action: { buttons } };
  expect(await post(as("interactive", interactive))).toMatchObject({
    code: 131009,
    details: "interactive['header']['image']['id']: no media with this id.",
  });
  await fetch(`${graph.url}/v26.0/${id}`, { method: "DELETE", headers: { authorization } });
  expect(await post(as("image", { id }))).toMatchObject({ code: 131009 });
});

test("takes as a voice message only what plays as one", async () => {
  const { graph, post } = await startJudge();
  const [ogg, mp3] = ["audio/ogg; codecs=opus", "audio/mpeg"].map((mimeType) =>
    graph.media.put({ bytes: BYTES, mimeType }),
  );
  expect(await post(as("audio", { id: ogg, voice: true }))).toMatchObject({ code: 200 });
  expect(await post(as("audio", { id: mp3 }))).toMatchObject({ code: 200 });
  expect(await post(as("audio", { id: mp3, voice: true }))).toMatchObject({ code: 131009 });
});

const zeros = (bytes: number, type: string) => new Blob([new Uint8Array(bytes)], { type });
const animated = () => {
  const bytes = new Uint8Array(100 * 1024 + 1);
  bytes.set(new TextEncoder().encode("VP8X"), 12);
  bytes[20] = 2;
  return new Blob([bytes], { type: "image/webp" });
};

test.each<[string, Blob | null, Record<string, string>, number | undefined]>([
  ["an image of 5 MB", zeros(5 * 1024 * 1024, "image/jpeg"), {}, undefined],
  ["an image of 5 MB and a byte", zeros(5 * 1024 * 1024 + 1, "image/jpeg"), {}, 131053],
  ["audio of 16 MB and a byte", zeros(16 * 1024 * 1024 + 1, "audio/mpeg"), {}, 131053],
  ["a still sticker of 100 KB", zeros(100 * 1024, "image/webp"), {}, undefined],
  ["a still sticker of 100 KB and a byte", zeros(100 * 1024 + 1, "image/webp"), {}, 131053],
  ["a moving sticker of as much", animated(), {}, undefined],
  ["a type that Meta does not take", zeros(1, "image/gif"), {}, 100],
  ["an empty file", zeros(0, "image/jpeg"), {}, 100],
  ["no file", null, {}, 100],
  ["no type", zeros(1, "image/jpeg"), { type: "" }, 100],
  ["another type than the file's", zeros(1, "image/jpeg"), { type: "image/png" }, 100],
  ["no messaging_product", zeros(1, "image/jpeg"), { messaging_product: "" }, 100],
])("answers an upload of %s", async (_name, file, fields, code) => {
  const { graph } = await startJudge();
  const answer = await upload(graph, file, fields);
  expect(answer.code).toBe(code);
  expect(answer.id).toEqual(code === undefined ? expect.stringMatching(/^\d{15,}$/) : undefined);
});

test("lies about a file, sends elsewhere, or ends the link at once, by rule", async () => {
  const { graph } = await startJudge();
  const id = graph.media.put(JPEG);
  graph.media.setFault(({ kind }, n) =>
    kind === "facts" && n === 1 ? { facts: { url: "https://evil.example/a", file_size: 1 } } : null,
  );
  expect(await ask(graph, id)).toMatchObject({
    url: "https://evil.example/a",
    file_size: 1,
    mime_type: "image/jpeg",
  });
  const { url } = await ask(graph, id);
  graph.media.setFault(() => ({ status: 302, headers: { location: "https://evil.example/a" } }));
  const redirect = await follow(url);
  expect([redirect.status, redirect.headers.get("location")]).toEqual([302, "https://evil.example/a"]);
  graph.media.setFault(({ kind }, n) => (kind === "file" && n === 1 ? { status: 404 } : null));
  expect([(await follow(url)).status, (await follow(url)).status]).toEqual([404, 200]);
});

test("sends more than it announced, without end if asked, and in pieces", async () => {
  const { graph } = await startJudge();
  const { url } = await ask(graph, graph.media.put(JPEG));
  graph.media.setFault(() => ({ extraBytes: 1_000_000 }));
  const longer = await follow(url);
  expect(longer.headers.get("content-length")).toBeNull();
  expect((await longer.arrayBuffer()).byteLength).toBe(BYTES.length + 1_000_000);
  graph.media.setFault(() => ({ slow: { chunkBytes: 5, pauseMs: 1 } }));
  expect(new Uint8Array(await (await follow(url)).arrayBuffer())).toEqual(BYTES);
  graph.media.setFault(() => ({ extraBytes: Number.POSITIVE_INFINITY }));
  const { body } = await follow(url);
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > 2_000_000) break;
  }
  expect(bytes).toBeGreaterThan(2_000_000);
});

test("stops in the middle of a slow file when it is closed", async () => {
  const { graph } = await startJudge();
  const { url } = await ask(graph, graph.media.put(JPEG));
  graph.media.setFault(() => ({ slow: { chunkBytes: 5, pauseMs: 3_600_000 } }));
  const { body } = await follow(url);
  const reader = body?.getReader();
  expect((await reader?.read())?.value).toHaveLength(5);
  await graph.close();
  await expect(reader?.read().then((next) => next.done || "more")).rejects.toThrow();
});
