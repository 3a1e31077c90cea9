import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { listen, stopListening } from "./listen.ts";
import { answerOffline } from "./model/answer.ts";
import { type Fault, type FaultRule, suffer } from "./model/faults.ts";
import { type ParsedRequest, parseRequest } from "./model/protocol.ts";
import { completion, completionStream, errorBody } from "./model/wire.ts";

const BODY_BYTES = 4 * 1024 * 1024;
const MODELS = ["gpt-4o", "gpt-4o-mini"];

/** The offline model, listening. */
export interface OfflineModel {
  port: number;
  /** For `OPENAI_BASE_URL`: ends in `/v1`. */
  url: string;
  /** Every readable request, in order. */
  requests: ParsedRequest[];
  /** Makes requests go wrong by a rule, until another rule or null is set. */
  setFault(rule: FaultRule | null): void;
  close(): Promise<void>;
}

/**
 * A model on loopback that speaks OpenAI's chat completions and needs no network: it classifies by the intents'
 * examples, calls tools, and answers in the words of their results. Any bearer token will do; the same request always
 * gets the same answer.
 */
export async function startOfflineModel(
  options: { port?: number; fault?: FaultRule; delayMs?: number } = {},
): Promise<OfflineModel> {
  const requests: ParsedRequest[] = [];
  let rule: FaultRule | null = options.fault ?? null;
  let sinceRule = 0;
  const late: Fault | null = options.delayMs ? { delayMs: options.delayMs } : null;
  const app = modelApp((request) => {
    requests.push(request);
    sinceRule += 1;
    return rule?.(request, sinceRule) ?? late;
  });
  const { server, port, url } = await listen(app, options.port ?? 0, "127.0.0.1");
  return {
    port,
    url: `${url}/v1`,
    requests,
    setFault(next) {
      rule = next;
      sinceRule = 0;
    },
    close: () => stopListening(server),
  };
}

type Bindings = { Bindings: HttpBindings };

function modelApp(faultOf: (request: ParsedRequest) => Fault | null): Hono<Bindings> {
  let count = 0;
  const app = new Hono<Bindings>();
  app.use(async (context, next) => {
    context.header("x-request-id", `req_offline_${++count}`);
    const token = /^Bearer (\S+)$/.exec(context.req.header("authorization") ?? "");
    if (token === null) return refuse(context, 401, "You didn't provide an API key.", "invalid_api_key");
    return next();
  });
  app.get("/v1/models", (context) => {
    const data = MODELS.map((id) => ({ id, object: "model", created: 0, owned_by: "chasqui-offline" }));
    return context.json({ object: "list", data });
  });
  app.post("/v1/chat/completions", bodyLimit({ maxSize: BODY_BYTES }), async (context) => {
    const request = parseRequest(await context.req.json().catch(() => null));
    if (typeof request === "string") return refuse(context, 400, request, null);
    const fault = faultOf(request);
    const suffered = fault && (await suffer(fault, context.env.incoming));
    if (suffered instanceof Response) return suffered;
    const answer = suffered ?? answerOffline(request);
    const id = `chatcmpl-offline-${String(count).padStart(12, "0")}`;
    const createdS = Math.floor(Date.now() / 1000);
    if (!request.stream) return context.json(completion(request, answer, id, createdS));
    return context.body(completionStream(request, answer, id, createdS), 200, {
      "content-type": "text/event-stream",
    });
  });
  app.notFound((context) =>
    refuse(context, 404, `Unknown request URL: ${context.req.method} ${context.req.path}`, null),
  );
  return app;
}

function refuse(context: Context<Bindings>, status: 400 | 401 | 404, message: string, code: string | null) {
  return context.json(errorBody(status, message, code), status);
}
