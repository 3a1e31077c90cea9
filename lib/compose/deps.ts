/** The only composition root: every adapter is named here and nowhere else. */
import { createOpenAI } from "@ai-sdk/openai";
import { waitUntil } from "@vercel/functions";
import { createDatabase, type Database } from "../../db/client.ts";
import { createKnowledgeBase } from "../../db/knowledge.ts";
import { createMediaFiles } from "../../db/media-files.ts";
import { createRetention } from "../../db/retention.ts";
import { createStore } from "../../db/store.ts";
import { createBusinessRecords } from "../adapters/company.ts";
import { createNotifier } from "../adapters/slack.ts";
import { createAdmissionCache } from "../cache/admission.ts";
import type { ScriptRunner } from "../cache/scripts.ts";
import { type Env, readEnv } from "../config/env.ts";
import { createNumbers, type Numbers } from "../config/numbers.ts";
import { createHealth, type Health, type HealthDeps } from "../jobs/health.ts";
import type { PurgeDeps } from "../jobs/purge.ts";
import { createKeeper, type Keep } from "../media/archive/archive.ts";
import { createBlobStore } from "../media/archive/blob-store.ts";
import type { MediaSource } from "../media/file/fetch.ts";
import type { PdfDeps } from "../media/pdf/serve-pdf.ts";
import { createMediaReader } from "../media/read/reader.ts";
import { createLog, type Log } from "../telemetry/log.ts";
import { startSentry, withSentry } from "../telemetry/sentry.ts";
import { startTelemetry } from "../telemetry/setup.ts";
import type { FileStore, MediaFiles } from "../types/media.ts";
import type { InboxDeps } from "../webhook/context.ts";
import { createWhatsAppClient } from "../whatsapp/outbound/client.ts";
import { systemClock } from "./clock.ts";

/** Everything the endpoints need. */
export type Deps = InboxDeps &
  PurgeDeps & { health: () => Promise<Health>; verifyToken: string; cronSecret: string | null };

/** What only some hosts have: sockets to the stores instead of HTTP, a quicker way to fetch short texts. */
export interface Provided {
  database?: Database;
  scripts?: ScriptRunner;
  fetch?: typeof fetch;
}

let provided: Provided = {};

/** Names it for this process, before anything asks for its composition. */
export function provide(own: Provided): void {
  provided = own;
}

let shared: Deps | undefined;

/** The composition of this process, made from its environment when first asked for. Throws ConfigurationError. */
export function deps(): Deps {
  shared ??= createDeps(readEnv());
  return shared;
}

/** Composes everything from a parsed environment. */
function createDeps(env: Env): Deps {
  startTelemetry({
    endpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    serviceName: env.OTEL_SERVICE_NAME,
    headers: env.OTEL_EXPORTER_OTLP_HEADERS ?? null,
  });
  const clock = systemClock;
  startSentry({ dsn: env.SENTRY_DSN ?? null, clock, waitUntil });
  const log = withSentry(createLog(env.LOG_LEVEL));
  const database = provided.database ?? createDatabase(env.POSTGRES_URL);
  const store = createStore(database);
  const numbers = createNumbers(env);
  const kept = { mediaFiles: createMediaFiles(database), fileStore: createFileStore(env) };
  const rateLimit = { max: env.RATE_LIMIT, windowS: env.RATE_WINDOW_S };
  const cache = createAdmissionCache({
    url: env.KV_REST_API_URL,
    token: env.KV_REST_API_TOKEN,
    scripts: provided.scripts,
    timeoutMs: env.CACHE_TIMEOUT_MS,
    rateLimit,
    log,
  });
  return {
    log,
    clock,
    waitUntil,
    store,
    inbox: store,
    retention: createRetention(database),
    retentionDays: env.RETENTION_DAYS,
    ...kept,
    knowledge: createKnowledgeBase(database),
    cache,
    records: createRecords(env),
    notifier: createNotifier({ slackWebhookUrl: env.SLACK_WEBHOOK_URL ?? null, log }),
    channel: createWhatsAppClient({
      baseUrl: env.WHATSAPP_API_BASE_URL,
      version: env.WHATSAPP_API_VERSION,
      accessToken: numbers.accessToken,
      clock,
      log,
      ...fetcher(),
    }),
    models: createModels(env),
    fastPath: env.INTENT_FAST_PATH === "on",
    ...createMedia(env, numbers, log, kept),
    limits: {
      leaseMs: env.LEASE_MS,
      settleMs: env.SETTLE_MS,
      intentTimeoutMs: env.INTENT_TIMEOUT_MS,
      replyTimeoutMs: env.REPLY_TIMEOUT_MS,
      echoWaitMs: env.ECHO_WAIT_MS,
    },
    health: createHealth({ clock, cache, database, services: healthServices(env, numbers) }),
    rateLimit,
    budget: { turns: env.BUDGET_TURNS, soundSeconds: env.BUDGET_SOUND_S, usd: env.BUDGET_USD },
    humanPauseS: env.HUMAN_PAUSE_HOURS * 3_600,
    throughputs: numbers.throughputs,
    appSecrets: numbers.secrets(),
    phoneNumberIds: numbers.ids,
    verifyToken: env.WHATSAPP_VERIFY_TOKEN,
    cronSecret: env.CRON_SECRET ?? null,
  };
}

/** The platform's own when none is provided. */
const fetcher = (): Pick<Provided, "fetch"> => (provided.fetch ? { fetch: provided.fetch } : {});

function healthServices(env: Env, numbers: Numbers): HealthDeps["services"] {
  return {
    model: { url: `${env.OPENAI_BASE_URL}/models`, bearer: env.OPENAI_API_KEY },
    whatsapp: numbers.ids.map((id) => ({
      url: `${env.WHATSAPP_API_BASE_URL}/${env.WHATSAPP_API_VERSION}/${id}?fields=id`,
      bearer: numbers.accessToken(id) ?? "",
    })),
  };
}

/** Chat completions, because every OpenAI-compatible server speaks them. */
function createModels(env: Env): InboxDeps["models"] {
  const openai = createOpenAI({ apiKey: env.OPENAI_API_KEY, baseURL: env.OPENAI_BASE_URL, ...fetcher() });
  const named = (id: string) => ({ id, model: openai.chat(id) });
  return {
    intent: named(env.INTENT_MODEL),
    reply: named(env.REPLY_MODEL),
    fallback: named(env.FALLBACK_MODEL),
  };
}

/** PDFs are asked of this deployment's own address, signed with the secret of their number's app. */
function createMedia(env: Env, numbers: Numbers, log: Log, kept: Kept) {
  const source = mediaSource(env, numbers);
  const openai = createOpenAI({ apiKey: env.OPENAI_API_KEY, baseURL: env.OPENAI_BASE_URL });
  const domain = env.VERCEL_PROJECT_PRODUCTION_URL ?? env.VERCEL_URL;
  const media = createMediaReader({
    source,
    ...keeper(kept, source, log),
    transcription: openai.transcription(env.TRANSCRIPTION_MODEL),
    pdf: {
      publicUrl: env.PUBLIC_URL ?? (domain ? `https://${domain}` : null),
      secret: numbers.appSecret,
      clock: systemClock,
    },
    log,
  });
  return { media, transcriptionModel: env.TRANSCRIPTION_MODEL };
}

interface Kept {
  mediaFiles: MediaFiles;
  fileStore: FileStore | null;
}

/** Null without a token: then no file is kept. */
function createFileStore(env: Env): FileStore | null {
  const { BLOB_READ_WRITE_TOKEN: token, VERCEL_BLOB_API_URL: apiUrl } = env;
  return token ? createBlobStore({ apiUrl, token }) : null;
}

function keeper(
  { mediaFiles: files, fileStore: store }: Kept,
  source: MediaSource,
  log: Log,
): { keep?: Keep } {
  return store ? { keep: createKeeper({ files, store, source, waitUntil, log }) } : {};
}

function mediaSource(env: Env, numbers: Numbers): MediaSource {
  return {
    baseUrl: env.WHATSAPP_API_BASE_URL,
    version: env.WHATSAPP_API_VERSION,
    accessToken: numbers.accessToken,
    hosts: env.MEDIA_HOSTS,
  };
}

/** What the function that reads PDFs needs: no store, since it may run where the host's ways to one are not. Throws ConfigurationError. */
export function pdfDeps(): PdfDeps {
  const env = readEnv();
  const numbers = createNumbers(env);
  return {
    mediaSource: mediaSource(env, numbers),
    appSecrets: numbers.secrets(),
    clock: systemClock,
    log: createLog(env.LOG_LEVEL),
  };
}

function createRecords(env: Env): InboxDeps["records"] {
  const { COMPANY_API_URL: baseUrl, COMPANY_API_SECRET: secret } = env;
  return baseUrl && secret ? createBusinessRecords({ baseUrl, secret, clock: systemClock }) : null;
}
