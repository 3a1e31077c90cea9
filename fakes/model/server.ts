import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { listen, stopListening } from "../../host/server/listen.ts";
import { createFaultPlan, createFaultPlayer } from "../faults/faults.ts";
import { notFound, type Refusal, refusalOf } from "./families.ts";
import { type ModelFault, type ModelFaultRule, playModelFault } from "./faults.ts";
import { createPromptCache, type PromptCache, ROUGHLY } from "./prompt-cache.ts";
import { eventStream } from "./protocol/event-stream.ts";
import { type Answer, type ParsedRequest, parseRequest } from "./protocol/request.ts";
import { parseTranscription, transcribeOffline, transcription } from "./protocol/transcribe.ts";
import { completion, completionEvents, errorBody } from "./protocol/wire.ts";
import { answerOffline } from "./reply/answer.ts";
import { refusalBy, type Service } from "./services/service.ts";

/** OpenAI's limits; pictures are part of the body. */
const CHAT_BYTES = 50 * 1024 * 1024;
const AUDIO_BYTES = 25 * 1024 * 1024;
const MODELS = [
  ...["gpt-4o", "gpt-4o-mini", "gpt-6-luna", "gpt-6.1-terra", "gpt-6.1-sol"],
  ...["gpt-4o-mini-transcribe", "gpt-transcribe"],
];

/** The life of the models: by default none ends. */
export interface ModelLives {
  /** Models that the service has no more. */
  ended?: readonly string[];
  /** Their `shutdown_date` in `GET /v1/models`; without an entry it is null, with undefined there is no such field. */
  shutdownDates?: Readonly<Record<string, string | undefined>>;
  /** The list of models, by which a check sees whether the service is there, is not answered. */
  isDown?: boolean;
}

/** A running offline model. */
export interface OfflineModel {
  port: number;
  /** For `OPENAI_BASE_URL`: ends in `/v1`. */
  url: string;
  /** Every readable request, in order. */
  requests: ParsedRequest[];
  /** Sets which models have ended, or will. */
  setLives(lives: ModelLives): void;
  /** Makes requests fail by a rule, until another rule or null is set. */
  setFault(rule: ModelFaultRule | null): void;
  /** Refuses what this service refuses, in its words; null takes everything. */
  setService(service: Service | null): void;
  close(): Promise<void>;
}

/**
 * Starts a model on loopback that speaks OpenAI's chat completions and transcriptions and needs no network: it classifies
 * by the intents' examples, calls tools, answers with their results, and transcribes the words that a recording carries as
 * a tag. It refuses what OpenAI's models refuse. Accepts any bearer token; the same request always gets the same answer.
 */
export async function startOfflineModel(
  options: { port?: number; fault?: ModelFaultRule; delayMs?: number; promptCache?: boolean } = {},
): Promise<OfflineModel> {
  const requests: ParsedRequest[] = [];
  const stopping = new AbortController();
  const plan = createFaultPlan<ParsedRequest, ModelFault>(options.fault);
  const player = createFaultPlayer(stopping.signal);
  const usual: ModelFault = { delayMs: options.delayMs ?? 0 };
  let lives: ModelLives = {};
  let service: Service | null = null;
  const app = modelApp(
    (request, incoming, body) => {
      requests.push(request);
      const refusal = service && refusalBy(service, body);
      return playModelFault(refusal ?? plan.next(request) ?? usual, incoming, player);
    },
    () => lives,
    options.promptCache ? createPromptCache(ROUGHLY) : null,
  );
  const { server, port, url } = await listen(app, options.port ?? 0, "127.0.0.1");
  return {
    port,
    url: `${url}/v1`,
    requests,
    setFault: plan.set,
    setLives: (next) => {
      lives = next;
    },
    setService: (next) => {
      service = next;
    },
    close() {
      stopping.abort();
      return stopListening(server);
    },
  };
}

type Bindings = { Bindings: HttpBindings };

/** Records a request; returns the answer of a fault, or null when the model answers. */
type Intercept = (
  request: ParsedRequest,
  incoming: HttpBindings["incoming"],
  body: unknown,
) => Promise<Response | Answer | null>;

function modelApp(
  intercept: Intercept,
  lives: () => ModelLives,
  promptCache: PromptCache | null,
): Hono<Bindings> {
  let count = 0;
  const app = new Hono<Bindings>();
  app.use(async (context, next) => {
    context.header("x-request-id", `req_offline_${++count}`);
    const token = /^Bearer (\S+)$/.exec(context.req.header("authorization") ?? "");
    if (token === null) return refuse(context, 401, "You didn't provide an API key.", "invalid_api_key");
    return next();
  });
  const ended = (model: string): Refusal | null => (lives().ended?.includes(model) ? notFound(model) : null);
  app.get("/v1/models", (context) => listModels(context, lives()));
  app.post("/v1/chat/completions", limitedTo(CHAT_BYTES), async (context) => {
    const body: unknown = await context.req.json().catch(() => null);
    const request = parseRequest(body);
    if (typeof request === "string") return refuse(context, 400, request, null);
    const intercepted = await intercept(request, context.env.incoming, body);
    if (intercepted instanceof Response) return intercepted;
    const refusal = ended(request.model) ?? refusalOf(body);
    if (refusal) return context.json({ error: refusal.error }, refusal.status);
    const answer = intercepted ?? answerOffline(request);
    const id = `chatcmpl-offline-${String(count).padStart(12, "0")}`;
    const cached = promptCache?.use(body) ?? { cachedTokens: 0, cacheWriteTokens: 0 };
    const made = { id, createdS: Math.floor(Date.now() / 1000), cached };
    if (!request.stream) return context.json(completion(request, answer, made));
    const events = completionEvents(request, answer, made);
    return context.body(eventStream(events, answer, context.env.outgoing), 200, {
      "content-type": "text/event-stream",
    });
  });
  app.post("/v1/audio/transcriptions", limitedTo(AUDIO_BYTES), async (context) => {
    const request = await parseTranscription(await context.req.formData().catch(() => null));
    if (typeof request === "string") return refuse(context, 400, request, null);
    const { audio, model } = request;
    const intercepted = await intercept(request, context.env.incoming, null);
    if (intercepted instanceof Response) return intercepted;
    const refusal = ended(model);
    if (refusal) return context.json({ error: refusal.error }, refusal.status);
    const answer = intercepted ?? transcribeOffline(audio);
    const said = transcription(model, audio, "text" in answer ? answer.text : "");
    return typeof said === "string" ? context.text(said) : context.json(said);
  });
  app.notFound((context) =>
    refuse(context, 404, `Unknown request URL: ${context.req.method} ${context.req.path}`, null),
  );
  return app;
}

function modelList({ ended = [], shutdownDates = {} }: ModelLives): object[] {
  return MODELS.filter((id) => !ended.includes(id)).map((id) => ({
    ...{ id, object: "model", created: 0, owned_by: "chasqui-offline" },
    shutdown_date: id in shutdownDates ? shutdownDates[id] : null,
  }));
}

function limitedTo(maxSize: number) {
  const onError = (context: Context) =>
    refuse(context, 413, `Maximum content size is ${maxSize} bytes.`, null);
  return bodyLimit({ maxSize, onError });
}

function listModels(context: Context, lives: ModelLives) {
  if (lives.isDown) return refuse(context, 503, "The server is overloaded.", null);
  return context.json({ object: "list", data: modelList(lives) });
}

function refuse(context: Context, status: 400 | 401 | 404 | 413 | 503, message: string, code: string | null) {
  return context.json(errorBody(status, message, code), status);
}
