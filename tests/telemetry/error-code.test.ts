import { APICallError, NoObjectGeneratedError, RetryError } from "ai";
import { expect, test } from "vitest";
import { z } from "zod";
import { errorCode } from "../../lib/telemetry/error-code.ts";

const call = (statusCode?: number) =>
  new APICallError({
    message: "hola 51987654321",
    url: "https://x",
    requestBodyValues: {},
    ...(statusCode && { statusCode }),
  });

const usage = {
  inputTokens: 0,
  outputTokens: 0,
  totalTokens: 0,
  inputTokenDetails: { noCacheTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 },
  outputTokenDetails: { textTokens: 0, reasoningTokens: 0 },
};

test.each([
  ["a model's status", call(429), "http_429"],
  [
    "the last failure of retries",
    new RetryError({ message: "x", reason: "maxRetriesExceeded", errors: [call(429), call(500)] }),
    "http_500",
  ],
  [
    "an object that does not fit",
    new NoObjectGeneratedError({
      message: "x",
      response: { id: "", timestamp: new Date(0), modelId: "" },
      usage,
      finishReason: "stop",
    }),
    "ai_no_object_generated_error",
  ],
  ["a deadline", new DOMException("The operation timed out", "TimeoutError"), "timeout"],
  ["a cancelled call", new DOMException("x", "AbortError"), "aborted"],
  [
    "a refused connection",
    new TypeError("fetch failed", { cause: Object.assign(new Error("x"), { code: "ECONNREFUSED" }) }),
    "econnrefused",
  ],
  [
    "a database's refusal",
    Object.assign(new Error("Key (phone)=(51987654321)"), { code: "23505" }),
    "pg_23505",
  ],
  ["a schema that did not hold", z.string().safeParse(1).error, "zod_error"],
  ["a plain error", new Error("¿Dónde está mi pedido?"), "error"],
  ["a thrown string", "¿Dónde está mi pedido?", "unknown"],
  ["nothing", undefined, "unknown"],
  ["a name that is a text", Object.assign(new Error(), { name: "51987654321 wrote" }), "unknown"],
  ["a code that is a number", Object.assign(new Error(), { code: "w51987654321" }), "error"],
])("%s", (_what, error, code) => {
  expect(errorCode(error)).toBe(code);
});

test("an error that wraps itself ends", () => {
  const error = new Error("x");
  error.cause = error;
  expect(errorCode(error)).toBe("error");
});
