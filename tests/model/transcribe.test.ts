import { createOpenAI } from "@ai-sdk/openai";
import { APICallError, experimental_transcribe as transcribe } from "ai";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ModelFault } from "../../fakes/model/faults.ts";
import { type OfflineModel, startOfflineModel } from "../../fakes/model/server.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const join = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
const tagged = (words: string) => bytes(`OggS noise noise TRANSCRIPT=${words}`);

/** A last Ogg page that says how many samples were played. */
function page(samples: number): Uint8Array {
  const header = Buffer.alloc(27);
  header.write("OggS");
  header.writeBigUInt64LE(BigInt(samples), 6);
  return header;
}

/** A comment as it stands in an Opus header: behind its length, before whatever follows. */
function comment(words: string): Uint8Array {
  const text = bytes(`TRANSCRIPT=${words}`);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  return join(bytes("OggS…OpusTags…"), length, text, bytes("more comments and the sound itself"));
}

describe("the offline model's transcription", () => {
  let model: OfflineModel;
  beforeAll(async () => {
    model = await startOfflineModel();
  });
  afterAll(() => model.close());
  beforeEach(() => model.setFault(null));

  const openai = () => createOpenAI({ baseURL: model.url, apiKey: "any" });
  const hear = (audio: Uint8Array, id = "gpt-4o-mini-transcribe") =>
    transcribe({ model: openai().transcription(id), audio, maxRetries: 0 });
  const post = (fields: Record<string, string | File>, headers = { authorization: "Bearer any" }) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    return fetch(`${model.url}/audio/transcriptions`, { method: "POST", headers, body });
  };
  const ogg = new File([new Uint8Array(bytes("OggS"))], "audio.ogg");
  const gpt = "gpt-4o-mini-transcribe";

  it.each([
    ["a comment of its Opus header", comment("Oi, onde está meu pedido 1077?")],
    ["a tag at its end", tagged("Oi, onde está meu pedido 1077?")],
    ["a tag and padding", join(tagged("Oi, onde está meu pedido 1077?"), new Uint8Array(9))],
  ])("hears what a recording carries in %s", async (_case, audio) => {
    expect((await hear(audio)).text).toBe("Oi, onde está meu pedido 1077?");
  });

  it("hears one fixed sentence where nothing is carried, in the language it was told", async () => {
    expect((await hear(bytes("OggS"))).text).toBe("Hola, ¿cuánto cuesta el envío?");
    const answer = await post({ file: ogg, model: gpt, language: "pt" });
    expect(await answer.json()).toMatchObject({ text: "Oi, quanto custa o frete?" });
  });

  it("counts tokens for GPT models and seconds for Whisper, by the length that the recording says", async () => {
    const audio = new File([new Uint8Array(join(tagged("hola"), page(48_000 * 3)))], "audio.ogg");
    const told = await (await post({ file: audio, model: gpt })).json();
    expect(told.usage).toMatchObject({
      type: "tokens",
      input_tokens: 30,
      input_token_details: { audio_tokens: 30 },
    });
    expect(told.usage.total_tokens).toBe(told.usage.input_tokens + told.usage.output_tokens);
    const whisper = await (await post({ file: audio, model: "whisper-1" })).json();
    expect(whisper.usage).toEqual({ type: "duration", seconds: 3 });
    const verbose = await post({ file: audio, model: "whisper-1", response_format: "verbose_json" });
    expect(await verbose.json()).toMatchObject({ duration: 3, text: whisper.text });
    const plain = await post({ file: audio, model: "whisper-1", response_format: "text" });
    expect(await plain.text()).toBe(`${whisper.text}\n`);
  });

  it("keeps each request with its audio's size and words, never its sound", async () => {
    await hear(tagged("hola"));
    expect(model.requests.at(-1)).toMatchObject({
      kind: "transcribe",
      model: gpt,
      messages: [],
      audio: { filename: "audio.ogg", bytes: tagged("hola").length, words: "hola" },
    });
  });

  it.each([
    ["no file", { model: gpt }, "file"],
    ["no model", { file: ogg }, "model"],
    [
      "a name without a known ending",
      { file: new File(["OggS"], "voice.amr"), model: gpt },
      "Invalid file format",
    ],
    [
      "sound that is not what its name says",
      { file: new File(["#!AMR"], "audio.wav"), model: gpt },
      "corrupted",
    ],
    ["an empty file", { file: new File([""], "audio.ogg"), model: gpt }, "corrupted"],
    [
      "a format that GPT models do not give",
      { file: ogg, model: gpt, response_format: "srt" },
      "not compatible",
    ],
  ])("refuses %s as OpenAI does", async (_case, fields, message) => {
    const response = await post(fields);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { type: "invalid_request_error", message: expect.stringContaining(message) },
    });
  });

  it("refuses who brings no key, and what is no form", async () => {
    const { url } = model;
    const silent = await fetch(`${url}/audio/transcriptions`, { method: "POST", body: new FormData() });
    expect(silent.status).toBe(401);
    const headers = { authorization: "Bearer any", "content-type": "application/json" };
    const json = await fetch(`${url}/audio/transcriptions`, { method: "POST", headers, body: "{}" });
    expect(json.status).toBe(400);
  });

  it("refuses more than 25 MB", async () => {
    const huge = new File([new Uint8Array(25 * 1024 * 1024 + 1)], "audio.ogg");
    expect((await post({ file: huge, model: gpt })).status).toBe(413);
  });

  it.each<[string, ModelFault]>([
    ["a server error", { status: 500 }],
    ["a throttle", { status: 429, headers: { "retry-after": "2" } }],
    ["a cut connection", { reset: true }],
    ["garbage", { garbage: "<html>oops" }],
    ["silence", { content: "" }],
  ])("plays %s", async (_case, fault) => {
    model.setFault(({ kind }) => (kind === "transcribe" ? fault : null));
    const failed = hear(bytes("OggS"));
    await expect(failed).rejects.toThrow();
    if ("status" in fault)
      await expect(failed).rejects.toSatisfy(
        (error) => APICallError.isInstance(error) && error.statusCode === fault.status,
      );
  });

  it("hangs until the caller gives up, and hears what a rule says", async () => {
    model.setFault((_request, n) => (n === 1 ? { hang: true } : { content: "quiero un poncho" }));
    const abortSignal = AbortSignal.timeout(50);
    const cut = transcribe({
      model: openai().transcription(gpt),
      audio: bytes("OggS"),
      maxRetries: 0,
      abortSignal,
    });
    await expect(cut).rejects.toThrow(/abort|timeout/i);
    expect((await hear(bytes("OggS"))).text).toBe("quiero un poncho");
  });
});
