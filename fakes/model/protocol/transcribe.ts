import { isAudio, secondsOf, wordsIn } from "./audio.ts";
import type { Answer, Audio, ParsedRequest } from "./request.ts";

const FORMATS = ["json", "verbose_json", "text"] as const;
const ACCEPTED = "['flac', 'm4a', 'mp3', 'mp4', 'mpeg', 'mpga', 'oga', 'ogg', 'wav', 'webm']";
const GIVES_LOGPROBS = /^gpt-4o(-mini)?-transcribe/;
const TOKENS_PER_SECOND = 10;
const CHARACTERS_PER_TOKEN = 4;

/** Transcript of every recording without a tag. */
const UNTAGGED: Record<string, string> = {
  es: "Hola, ¿cuánto cuesta el envío?",
  en: "Hi, how much is shipping?",
  pt: "Oi, quanto custa o frete?",
};

/** Parses the form of `POST /v1/audio/transcriptions`; returns a string with the problem of a wrong one. */
export async function parseTranscription(
  form: FormData | null,
): Promise<(ParsedRequest & { audio: Audio }) | string> {
  const [file, model] = [form?.get("file"), form?.get("model")];
  if (form === null || !(file instanceof File)) return "Invalid value for 'file': a file is required.";
  if (typeof model !== "string" || model === "") return "you must provide a model parameter";
  const said = form.get("response_format") ?? "json";
  const format = FORMATS.find((one) => one === said && (one === "json" || !model.startsWith("gpt-")));
  if (!format) return `response_format '${String(said)}' is not compatible with model '${model}'.`;
  const include = form.getAll("include[]");
  const logprobs = include.length > 0;
  if (
    logprobs &&
    (!GIVES_LOGPROBS.test(model) || format !== "json" || include.some((one) => one !== "logprobs"))
  )
    return `include[] is not supported with model '${model}' and response_format '${format}'.`;
  const bytes = new Uint8Array(await file.arrayBuffer());
  const kind = isAudio(file.name, bytes);
  if (kind === null) return `Invalid file format. Supported formats: ${ACCEPTED}`;
  if (!kind) return "Audio file might be corrupted or unsupported";
  const language = form.get("language");
  return {
    ...WITHOUT_CHAT,
    model,
    audio: {
      filename: file.name,
      bytes: bytes.length,
      seconds: secondsOf(bytes),
      words: wordsIn(bytes),
      language: typeof language === "string" ? language : null,
      format,
      logprobs,
    },
  };
}

const WITHOUT_CHAT = {
  kind: "transcribe",
  messages: [],
  tools: [],
  inputs: {},
  toolChoice: undefined,
  schema: null,
  stream: false,
  includeUsage: false,
  temperature: null,
  effort: null,
  maxTokens: null,
} as const satisfies Partial<ParsedRequest>;

/** Transcribes a recording: the words of its tag, or a fixed sentence. */
export function transcribeOffline(audio: Audio): Answer {
  return { text: audio.words ?? UNTAGGED[audio.language ?? "es"] ?? UNTAGGED.es ?? "" };
}

/** The transcript in OpenAI's form; models named `gpt-…` count tokens, the others seconds. */
export function transcription(
  model: string,
  { format, seconds, logprobs }: Audio,
  text: string,
): object | string {
  if (format === "text") return `${text}\n`;
  if (!model.startsWith("gpt-")) {
    const usage = { type: "duration", seconds: Math.ceil(seconds) };
    return format === "json"
      ? { text, usage }
      : {
          task: "transcribe",
          language: "spanish",
          duration: seconds,
          text,
          segments: [segment(text, seconds)],
          usage,
        };
  }
  const [input, output] = [
    Math.ceil(seconds * TOKENS_PER_SECOND),
    Math.ceil(text.length / CHARACTERS_PER_TOKEN),
  ];
  const usage = {
    type: "tokens",
    input_tokens: input,
    input_token_details: { text_tokens: 0, audio_tokens: input },
    output_tokens: output,
    total_tokens: input + output,
  };
  return { text, usage, ...(logprobs && { logprobs: text.match(/\S+/g)?.map(sureOf) ?? [] }) };
}

/** All of it in one segment, heard without doubt. */
const segment = (text: string, end: number) => ({
  ...{ id: 0, seek: 0, start: 0, end, text, tokens: [], temperature: 0 },
  ...{ avg_logprob: -0.2, compression_ratio: 1.2, no_speech_prob: 0.02 },
});

const sureOf = (token: string) => ({ token, logprob: -0.05, bytes: [...new TextEncoder().encode(token)] });
