import { describe, expect, test } from "vitest";
import { SERVICE_WORDS } from "../../fakes/model/services/words.ts";
import { FEATURES, type Feature } from "../../lib/config/features.ts";
import { reason, refusal } from "./refused.ts";

/** A request has one of these at a time. */
const INSTEAD: Partial<Record<Feature, readonly Feature[]>> = {
  json_schema: ["json_object"],
  json_object: ["json_schema", "strict"],
  strict: ["json_object"],
  forced_tool: ["tool_choice"],
  tool_choice: ["forced_tool"],
  max_tokens: ["max_completion_tokens"],
  system: ["developer"],
  // The name of a service's parameter does not tell which.
  thinking: ["reasoning_effort"],
  reasoning_effort: ["thinking"],
};

describe.each(Object.entries(SERVICE_WORDS))("%s", (name, words) => {
  test.each(FEATURES.filter((feature) => feature !== "thinking"))("refuses %s", (feature) => {
    const sent = FEATURES.filter((one) => !INSTEAD[feature]?.includes(one));
    // vLLM says it of any tool choice, and is asked without one first.
    const rest =
      feature === "tools"
        ? sent.filter((one) => !one.includes("tool_choice") && one !== "forced_tool")
        : sent;
    const said = reason(words(feature, "some-model"), rest);
    expect(said).toEqual(name === "silent" ? { kind: "unnamed" } : { kind: "feature", feature, once: false });
  });
});

const openai = (message: string, code: string | null = null) => ({ error: { message, code, param: null } });

describe("what a refusal is about", () => {
  test.each<[string, number, object | string, string]>([
    [
      "OpenAI's limit",
      400,
      openai(
        "This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens.",
        "context_length_exceeded",
      ),
      "too_long",
    ],
    [
      "vLLM's limit",
      400,
      {
        message:
          "'max_tokens' or 'max_completion_tokens' is too large: 300. This model's maximum context length is 2048 tokens and your request has 1900 input tokens",
        type: "BadRequestError",
      },
      "too_long",
    ],
    [
      "llama.cpp's limit",
      400,
      openai("the request exceeds the available context size, try increasing it"),
      "too_long",
    ],
    ["Anthropic's limit", 400, openai("prompt is too long: 210000 tokens > 200000 maximum"), "too_long"],
    [
      "TGI's limit",
      422,
      {
        error:
          "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 4000 `inputs` tokens",
        error_type: "validation",
      },
      "too_long",
    ],
    [
      "Groq's limit of a minute",
      413,
      openai(
        "Request too large for model on tokens per minute (TPM): Limit 6000, Requested 9000, please reduce your message size and try again.",
        "rate_limit_exceeded",
      ),
      "too_long",
    ],
    [
      "a rate limit that counts tokens",
      429,
      openai(
        "Rate limit reached on tokens per min (TPM): Limit 30000, Used 29500, Requested 1000. Please try again in 1s.",
        "rate_limit_exceeded",
      ),
      "moment",
    ],
    [
      "a rate limit that advertises",
      429,
      openai(
        "Rate limit reached for requests. Visit https://example.com/account/billing to add a payment method.",
        "rate_limit_exceeded",
      ),
      "moment",
    ],
    [
      "Google's limit of a minute",
      429,
      [
        {
          error: {
            ...{ code: 429, status: "RESOURCE_EXHAUSTED", message: "You exceeded your current quota." },
            details: [{ retryDelay: "0.9s" }],
          },
        },
      ],
      "moment",
    ],
    [
      "an empty account",
      429,
      openai("You exceeded your current quota, please check your plan", "insufficient_quota"),
      "quota",
    ],
    [
      "credits that are used up",
      402,
      openai("This request requires more credits, or fewer max_tokens."),
      "quota",
    ],
    ["a wrong key", 401, openai("Incorrect API key provided", "invalid_api_key"), "final"],
    [
      "a model that is not there",
      404,
      openai("The model `llama-3.2-vision` does not exist", "model_not_found"),
      "final",
    ],
    [
      "Ollama's model that is not there",
      404,
      { error: { message: "model 'llava-vision' not found, try pulling it first", type: "api_error" } },
      "final",
    ],
    [
      "a filter",
      400,
      openai(
        "The response was filtered due to the prompt triggering the content management policy.",
        "content_filter",
      ),
      "final",
    ],
    [
      "a tool call that the model wrote badly",
      400,
      openai(
        "Failed to call a function. Please adjust your prompt. See 'failed_generation' for more details.",
        "tool_use_failed",
      ),
      "moment",
    ],
    [
      "arguments that are not JSON",
      500,
      openai("Failed to parse tool call arguments as JSON: parse error at line 1"),
      "moment",
    ],
    [
      "a tool that nobody offered",
      400,
      openai("tool call validation failed: attempted to call tool 'search' which was not in request.tools"),
      "moment",
    ],
    ["a failure", 500, openai("The server had an error while processing your request."), "moment"],
    ["an overload", 529, "overloaded", "moment"],
    ["a page of a proxy", 502, "<html><h1>502 Bad Gateway</h1> tools temperature</html>", "moment"],
    [
      "a message that answers no call",
      400,
      openai("messages with role 'tool' must be a response to a preceding message with 'tool_calls'"),
      "unnamed",
    ],
    [
      "a gateway's rate limit under a 200",
      200,
      { error: { message: "Rate limit exceeded", code: 429 } },
      "moment",
    ],
    ["half an answer", 200, '{"choices":[{"mess', "moment"],
  ])("%s", (_name, status, body, kind) => {
    expect(reason({ status, body }).kind).toBe(kind);
  });

  test("words of the customer in a refusal name no feature", () => {
    const detail = [
      { type: "value_error", loc: ["body", "n"], msg: "Value error", input: "no tools, no images" },
    ];
    expect(reason({ status: 422, body: { detail } })).toEqual({ kind: "unnamed" });
  });

  test.each([
    [
      "You uploaded an unsupported image. Please make sure your image has of one the following formats: ['png', 'jpeg'].",
    ],
    ["Failed to download image"],
    ["Image format image/webp is not supported"],
    ["Invalid base64 image_url."],
  ])("a picture that cannot be read says nothing about the next one: %s", (message) => {
    expect(reason({ status: 400, body: openai(message) })).toEqual({
      ...{ kind: "feature", feature: "vision", once: true },
    });
  });

  test("tools that are only called without thoughts", () => {
    const message =
      "Function tools with reasoning_effort are not supported for tienda in /v1/chat/completions. To use function tools, use /v1/responses or set reasoning_effort to 'none'.";
    expect(reason({ status: 400, body: openai(message) })).toMatchObject({ feature: "thinking" });
  });
});

describe("other words for the same", () => {
  test.each<[Feature, number, object | string]>([
    ["json_schema", 400, openai("response_format json_schema is not available")],
    ["json_schema", 400, openai("Structured outputs are not available for this model.")],
    ["json_schema", 400, { error: "response_format.type: Input should be 'text' or 'json_object'" }],
    ["json_schema", 501, { error: "guided_json is not implemented" }],
    ["json_schema", 400, openai("Failed to initialize samplers: failed to parse grammar")],
    ["temperature", 400, openai("temperature is deprecated for this model.")],
    ["temperature", 422, "unknown field `temperature`"],
    ["temperature", 400, openai("Invalid value for temperature: only 1 is allowed for this model")],
    ["max_tokens", 400, openai("max_tokens is not supported, please use max_completion_tokens")],
    [
      "max_tokens",
      400,
      { message: "this model does not accept the parameter max_tokens", code: "BadRequest" },
    ],
    ["tools", 400, { error: { message: "registry.ollama.ai/library/gemma3:4b does not support tools" } }],
    ["tools", 400, openai("This model does not support function calling.")],
    ["tools", 405, openai("Tool calling is disabled on this deployment")],
    ["tools", 400, openai("Invalid schema for function 'lookup': schema must be an object")],
    ["vision", 400, openai("Model qwen3-4b is not a multimodal model", "400")],
    ["vision", 400, openai("this model is missing data required for image input: no support")],
    [
      "developer",
      400,
      openai("'developer' is not one of ['system', 'assistant', 'user', 'function'] - 'messages.0.role'"),
    ],
    [
      "repeated_role",
      400,
      openai(
        'messages: roles must alternate between "user" and "assistant", but found multiple "user" roles in a row',
      ),
    ],
    ["repeated_role", 400, openai("Unexpected role 'user' after role 'user'")],
    ["reasoning_effort", 400, openai("Unrecognized request argument supplied: reasoning_effort")],
  ])("%s, %i: %j", (feature, status, body) => {
    const sent = FEATURES.filter(
      (one) => one !== "json_object" && one !== "tool_choice" && one !== "forced_tool",
    );
    expect(reason({ status, body }, sent)).toMatchObject({ feature, once: false });
  });
});

describe("the wait that is asked for", () => {
  test.each<[string, Record<string, string>, string, number | null]>([
    ["seconds", { "retry-after": "2" }, "", 2_000],
    ["milliseconds before seconds", { "retry-after": "1", "retry-after-ms": "250" }, "", 250],
    ["a date", { "retry-after": "Sat, 28 Nov 2026 12:00:03 GMT" }, "", 3_000],
    ["OpenAI's words", {}, "Please try again in 1.2s. Visit", 1_200],
    ["OpenAI's milliseconds", {}, "Please try again in 20ms.", 20],
    ["OpenAI's minutes", {}, "Please try again in 6m0s.", 360_000],
    ["Azure's words", {}, "Please retry after 10 seconds.", 10_000],
    ["nothing", {}, "Too many requests", null],
    ["nonsense", { "retry-after": "soon" }, "", null],
  ])("%s", (_name, headers, message, expected) => {
    expect(refusal({ status: 429, body: openai(message), headers }).retryAfterMs).toBe(expected);
  });

  test("Google's delay", () => {
    const details = [{ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "34.07s" }];
    expect(refusal({ status: 429, body: [{ error: { code: 429, details } }] }).retryAfterMs).toBe(34_070);
  });
});
