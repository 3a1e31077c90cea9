import { APICallError } from "ai";
import { expect, test } from "vitest";
import { isModelGone } from "../../lib/model/gone.ts";

const refusal = (statusCode: number, body: unknown) =>
  new APICallError({
    message: "refused",
    url: "https://models.example/v1/chat/completions",
    requestBodyValues: {},
    statusCode,
    responseBody: typeof body === "string" ? body : JSON.stringify(body),
  });
const said = (message: string, more: Record<string, unknown> = {}) => ({ error: { message, ...more } });

// As OpenAI, Azure, Groq, Ollama, vLLM, LiteLLM, OpenRouter, Mistral, DeepSeek, xAI, Google, Together and others put it.
test.each([
  [
    404,
    said("The model `gpt-4o` does not exist or you do not have access to it.", { code: "model_not_found" }),
  ],
  [
    404,
    said("The model `gpt-4-32k` has been deprecated, learn more here: https://x.example", { code: null }),
  ],
  [403, said("Project `proj_x` does not have access to model `gpt-4o`")],
  [404, said("The API deployment for this resource does not exist.", { code: "DeploymentNotFound" })],
  [410, said("Gone.", { code: "ModelDeprecated" })],
  [
    400,
    said("The model `llama-3.1-8b` has been decommissioned and is no longer supported.", {
      code: "model_decommissioned",
    }),
  ],
  [404, said('model "llama3.3" not found, try pulling it first', { type: "not_found_error" })],
  [
    404,
    { object: "error", message: "The model `gpt-4.1` does not exist.", type: "NotFoundError", code: 404 },
  ],
  [
    400,
    said(
      "Invalid model name passed in model=gpt-4o. Call `/v1/models` to view available models for your key.",
    ),
  ],
  [
    403,
    said("The requested model 'gpt-6-luna' is not available for this API key, or the model name is invalid."),
  ],
  [404, said("No endpoints found for openai/gpt-4o.", { code: 404 })],
  [400, said("openai/gpt-9 is not a valid model ID", { code: 400 })],
  [400, { object: "error", message: "Invalid model: mistral-old", type: "invalid_model", code: "1500" }],
  [400, said("Model Not Exist", { type: "invalid_request_error", code: "invalid_request_error" })],
  [
    404,
    {
      code: "Some requested entity was not found",
      error: "The model grok-2 does not exist or your team does not have access to it.",
    },
  ],
  [
    404,
    [
      {
        error: {
          code: 404,
          message:
            "models/gemini-1.0 is not found for API version v1main, or is not supported for generateContent.",
          status: "NOT_FOUND",
        },
      },
    ],
  ],
  [404, said("Unable to access model x. Please visit our page.", { code: "model_not_available" })],
  [404, { type: "error", error: { type: "not_found_error", message: "model: claude-2" } }],
  [404, { detail: "Model not found" }],
  [400, said("No such model: @cf/meta/old")],
  [422, said("The provided model identifier is invalid.")],
])("%i %j says that the model is gone", (status, body) =>
  expect(isModelGone(refusal(status, body))).toBe(true),
);

test.each([
  [
    400,
    said("Unsupported parameter: 'max_tokens' is not supported with this model.", {
      code: "unsupported_parameter",
    }),
  ],
  [400, said("Invalid model parameter: temperature")],
  [400, said("The model `x` does not support response_format json_schema; it is not available.")],
  [
    400,
    said("Function tools with reasoning_effort are not supported for gpt-6-luna in /v1/chat/completions."),
  ],
  [404, said("No endpoints found that support tool use.", { code: 404 })],
  [404, said("No endpoints found that support image input", { code: 404 })],
  [404, said("Unknown request URL: POST /v1/chat/completions")],
  [404, "<html>404 Not Found</html>"],
  [404, "404 page not found"],
  [404, ""],
  [401, said("Incorrect API key provided: the model does not exist for it", { code: "invalid_api_key" })],
  [429, said("The model is not available: rate limit", { code: "rate_limit_exceeded" })],
  [503, said("The model `gpt-4o` is not available right now", { code: "model_not_available" })],
  [400, said("This model's maximum context length is 128000 tokens.", { code: "context_length_exceeded" })],
  [400, said("The file was not found")],
])("%i %j does not", (status, body) => expect(isModelGone(refusal(status, body))).toBe(false));

test("another error does not", () => expect(isModelGone(new Error("model_not_found"))).toBe(false));
