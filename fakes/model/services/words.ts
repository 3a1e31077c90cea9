/** How real OpenAI-compatible services refuse a feature of a request. */
import type { Feature } from "../../../lib/config/features.ts";
import type { Service } from "./service.ts";

/** The names that a service may give to a feature. */
const PARAMETERS: Readonly<Record<Feature, string>> = {
  max_tokens: "max_tokens",
  max_completion_tokens: "max_completion_tokens",
  temperature: "temperature",
  reasoning_effort: "reasoning_effort",
  thinking: "reasoning_effort",
  json_schema: "response_format",
  strict: "response_format.json_schema.strict",
  json_object: "response_format",
  tools: "tools",
  forced_tool: "tool_choice",
  tool_choice: "tool_choice",
  vision: "messages[1].content[1].image_url",
  system: "messages[0].role of 'system'",
  developer: "messages[0].role of 'developer'",
  repeated_role: "consecutive messages of one role",
  cache_mark: "prompt_cache_options",
};

const openAiError = (message: string, param: string | null, code: string | number | null) => ({
  error: { message, type: "invalid_request_error", param, code },
});

/** How services refuse, by name; `x` for what has no words of its own. */
export const SERVICE_WORDS: Readonly<Record<string, Service["words"]>> = {
  openai: (feature, model) => {
    const param = PARAMETERS[feature];
    const unsupported = `Unsupported parameter: '${param}' is not supported with this model.`;
    const messages: Partial<Record<Feature, [string, string]>> = {
      max_tokens: [`${unsupported} Use 'max_completion_tokens' instead.`, "unsupported_parameter"],
      max_completion_tokens: [`${unsupported} Use 'max_tokens' instead.`, "unsupported_parameter"],
      temperature: [
        "Unsupported value: 'temperature' does not support 0.7 with this model. Only the default (1) value is supported.",
        "unsupported_value",
      ],
      json_schema: [
        `Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model. Learn more about supported models at the Structured Outputs guide.`,
        "unsupported_value",
      ],
      system: [
        "Unsupported value: 'messages[0].role' does not support 'system' with this model.",
        "unsupported_value",
      ],
      developer: [
        "Unsupported value: 'messages[0].role' does not support 'developer' with this model.",
        "unsupported_value",
      ],
      vision: ["Invalid content type. image_url is only supported by certain models.", "invalid_value"],
    };
    const [message, code] = messages[feature] ?? [unsupported, "unsupported_parameter"];
    return {
      status: feature === "tools" ? 404 : 400,
      body: openAiError(`${message} (${model})`, param, code),
    };
  },
  // Messages of Azure name no parameter of their own.
  azure: (feature) => ({
    status: 400,
    body: openAiError(`Unrecognized request argument supplied: ${PARAMETERS[feature]}`, null, null),
  }),
  vllm: (feature) => {
    const own: Partial<Record<Feature, string>> = {
      tools: '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set',
      repeated_role:
        "Conversation roles must alternate user/assistant/user/assistant/... Conversation roles must alternate user/assistant/user/assistant/...",
      system: "System role not supported System role not supported",
      vision: "At most 0 image(s) may be provided in one request.",
    };
    const message =
      own[feature] ??
      `[{'type': 'extra_forbidden', 'loc': ('body', '${PARAMETERS[feature]}'), 'msg': 'Extra inputs are not permitted', 'input': 300}]`;
    return {
      status: 400,
      body: { object: "error", message, type: "BadRequestError", param: null, code: 400 },
    };
  },
  fastapi: (feature) => ({
    status: 422,
    body: {
      detail: [
        {
          type: "extra_forbidden",
          loc: ["body", ...PARAMETERS[feature].split(".")],
          msg: "Extra inputs are not permitted",
          input: "the temperature of the tools in the image",
        },
      ],
    },
  }),
  mistral: (feature) => ({
    status: 422,
    body: {
      object: "error",
      message: {
        detail: [
          {
            type: "extra_forbidden",
            loc: ["body", PARAMETERS[feature]],
            msg: "Extra inputs are not permitted",
          },
        ],
      },
      type: "invalid_request_error",
      param: null,
      code: null,
    },
  }),
  llama_cpp: (feature) => {
    const own: Partial<Record<Feature, string>> = {
      tools: "tools param requires --jinja flag",
      forced_tool: "Invalid tool_choice: must be a string",
      vision:
        "image input is not supported - hint: if this is unexpected, you may need to provide the mmproj",
      system: "Only user, assistant and tool roles are supported, got system. at row 12, column 9",
      repeated_role:
        "After the optional system message, conversation roles must alternate user and assistant roles except for tool calls and results. at row 189, column 164",
    };
    const message = own[feature] ?? `Unsupported param: ${PARAMETERS[feature]}`;
    return { status: 500, body: { error: { code: 500, message, type: "server_error" } } };
  },
  ollama: (feature, model) => {
    const noun = { tools: "tools", vision: "images", json_schema: "json schema" } as Partial<
      Record<Feature, string>
    >;
    const name = `registry.ollama.ai/library/${model}:latest`;
    const message = `${name} does not support ${noun[feature] ?? PARAMETERS[feature]}`;
    return { status: 400, body: { error: { message, type: "api_error", param: null, code: null } } };
  },
  lm_studio: (feature) => {
    const own: Partial<Record<Feature, string>> = {
      forced_tool: "Invalid tool_choice type: 'object'. Supported string values: none, auto, required",
      json_object: "'response_format.type' must be 'json_schema' or 'text'",
      json_schema: "'response_format.type' must be 'text'",
      vision: "Model does not support images. Please use a model that does.",
    };
    return {
      status: 400,
      body: { error: own[feature] ?? `Unrecognized key(s) in object: '${PARAMETERS[feature]}'` },
    };
  },
  groq: (feature, model) => {
    const own: Partial<Record<Feature, string>> = {
      json_schema: `This model does not support response format \`json_schema\`. See supported models at the documentation of structured outputs`,
      tools: "`tool calling` is not supported with this model",
      vision: "messages[1].content must be a string",
      system: `'messages.0' : for 'role:system' the following must be satisfied[('messages.0.role' : value is not one of the allowed values ['user','assistant'])] (${model})`,
    };
    const message =
      own[feature] ?? `property '${PARAMETERS[feature]}' is unsupported, did you mean something else?`;
    return { status: 400, body: openAiError(message, null, null) };
  },
  together: (feature, model) => {
    const param = PARAMETERS[feature];
    const message =
      feature === "tools"
        ? `${model} is not supported for function calling`
        : `Parameter ${param} is not available`;
    return {
      status: 400,
      body: openAiError(message, feature === "tools" ? null : param, "invalid_parameter"),
    };
  },
  deepseek: (feature) => {
    const prefix = "Failed to deserialize the JSON body into the target type: ";
    const own: Partial<Record<Feature, string>> = {
      json_schema: "This response_format type is unavailable now",
      forced_tool: "deepseek-reasoner does not support this tool_choice",
      tools: "deepseek-reasoner does not support Function Calling",
      vision: `${prefix}messages[1]: unknown variant \`image_url\`, expected \`text\` at line 1 column 1412`,
      developer: `${prefix}messages[0].role: unknown variant \`developer\`, expected one of \`system\`, \`user\`, \`assistant\`, \`tool\` at line 1 column 40`,
    };
    const message = own[feature] ?? `${prefix}unknown field \`${PARAMETERS[feature]}\` at line 1 column 80`;
    return { status: 422, body: openAiError(message, null, "invalid_request_error") };
  },
  openrouter: (feature) => {
    const own: Partial<Record<Feature, string>> = {
      tools:
        "No endpoints found that support tool use. To learn more about provider routing, visit the documentation",
      vision: "No endpoints found that support image input",
      json_schema: "No endpoints found that support the requested parameters: response_format",
    };
    const message = own[feature];
    if (message) return { status: 404, body: { error: { message, code: 404 } } };
    const raw = JSON.stringify({ error: { message: `Unknown parameter: ${PARAMETERS[feature]}` } });
    const metadata = { raw, provider_name: "Provider" };
    return { status: 400, body: { error: { message: "Provider returned error", code: 400, metadata } } };
  },
  // A gateway that answers everything with a 200.
  gateway: (feature) => ({
    status: 200,
    body: { error: { message: `The parameter ${PARAMETERS[feature]} is not supported`, code: 400 } },
  }),
  gemini: (feature) => {
    const own: Partial<Record<Feature, string>> = {
      system: "Developer instruction is not enabled for models/gemma-3-27b-it",
      tools: "Function calling is not enabled for models/gemma-3-27b-it",
      json_schema: "JSON mode is not enabled for models/gemma-3-27b-it",
      vision: "Image input modality is not enabled for models/gemma-3-1b-it",
    };
    const message =
      own[feature] ??
      `Invalid JSON payload received. Unknown name "${PARAMETERS[feature]}": Cannot find field.`;
    return { status: 400, body: [{ error: { code: 400, message, status: "INVALID_ARGUMENT" } }] };
  },
  // Says nothing at all.
  silent: () => ({ status: 400, body: "Bad Request" }),
};
