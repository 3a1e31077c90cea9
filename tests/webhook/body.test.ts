import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { readBody } from "../../lib/http/body.ts";

/** A request whose body comes in `count` chunks of `size` bytes; `pulled` counts those that were asked for. */
function streamed(count: number, size: number, headers: Record<string, string> = {}) {
  const state = { pulled: 0, cancelled: false };
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      if (state.pulled === count) return controller.close();
      state.pulled++;
      controller.enqueue(new Uint8Array(size).fill(state.pulled));
    },
    cancel() {
      state.cancelled = true;
      return new Promise(() => {}); // a sender who never lets go
    },
  });
  return { state, message: { body, headers: new Headers(headers) } };
}

describe("readBody", () => {
  it("gives the bytes as they came", async () => {
    const bytes = new Uint8Array([0, 255, 195, 40, 10]);
    expect(await readBody(new Request("http://x", { method: "POST", body: bytes }), 5)).toEqual(bytes);
    expect(await readBody(new Request("http://x", { method: "POST" }), 5)).toEqual(new Uint8Array());
  });

  it("joins many chunks, up to the very limit", async () => {
    const { message } = streamed(3, 2);
    expect(await readBody(message, 6)).toEqual(new Uint8Array([1, 1, 2, 2, 3, 3]));
  });

  it("stops reading as soon as there is too much, and does not wait for the sender", async () => {
    const { message, state } = streamed(1_000_000, 1_000);
    expect(await readBody(message, 5_000)).toBeNull();
    expect(state.cancelled).toBe(true);
    expect(state.pulled).toBeLessThan(10);
  });

  it("reads nothing when the header already says too much", async () => {
    const { message, state } = streamed(5, 1_000, { "content-length": "5001" });
    expect(await readBody(message, 5_000)).toBeNull();
    expect(state.cancelled).toBe(true);
    expect(state.pulled).toBeLessThan(2);
  });

  it.each(["10", "-1", "lots", ""])("does not believe a content-length of %j", async (length) => {
    const { message } = streamed(10, 1_000, { "content-length": length });
    expect(await readBody(message, 5_000)).toBeNull();
  });

  it("rejects when the sender breaks off", async () => {
    const server = createServer((_, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("half");
      setImmediate(() => response.destroy());
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const { port } = server.address() as AddressInfo;
    await expect(readBody(await fetch(`http://127.0.0.1:${port}`), 1_000)).rejects.toThrow();
    server.close();
  });
});
