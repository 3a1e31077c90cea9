import { z } from "zod";
import { phone, sealingKey } from "./items.ts";
import { modelOverrides } from "./model-overrides.ts";
import { moreNumbers } from "./numbers.ts";
import { MODEL_PROFILES } from "./profiles.ts";

const text = z.string().trim().min(1);
const url = text.regex(/^https?:\/\/[^\s]+$/).transform((value) => value.replace(/\/+$/, ""));
const secret = (least: number) =>
  text.refine((value) => value.length >= least, `it has under ${least} characters and could be guessed`);
const count = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const list = text.transform((value) =>
  value
    .split(",")
    .map((item) => item.trim())
    .filter(Boolean),
);

/** Each variable: its schema, and how to fix it when it is missing or invalid. */
export const VARIABLES = {
  WHATSAPP_APP_SECRET: [
    list.pipe(z.array(secret(6)).min(1)),
    "the app secret from Meta's App Dashboard → App settings → Basic; several separated by commas while rotating",
  ],
  WHATSAPP_VERIFY_TOKEN: [secret(4), "any random text; enter the same one in Meta's webhook settings"],
  WHATSAPP_ACCESS_TOKEN: [
    text,
    "a system user's token with whatsapp_business_messaging, from Meta's Business Settings",
  ],
  WHATSAPP_PHONE_NUMBER_ID: [
    text.regex(/^\d{1,32}$/),
    "digits only: the phone number ID (not the phone number) from WhatsApp → API Setup",
  ],
  WHATSAPP_BUSINESS_ACCOUNT_ID: [
    text.regex(/^\d{1,32}$/).optional(),
    "digits only: the WhatsApp Business account ID from WhatsApp → API Setup, for templates in the console; or unset",
  ],
  WHATSAPP_NUMBERS: [
    z.string().default("[]").pipe(moreNumbers),
    'a JSON list of more numbers, [{"phoneNumberId":"…","accessToken":"…","appSecret":"…"}] (docs/configuration.md)',
  ],
  WHATSAPP_THROUGHPUT: [
    count(1, 1_000).optional(),
    "this number's throughput at Meta in messages per second, 1 to 1000 (20 if it is also in the phone app), or unset",
  ],
  WHATSAPP_API_BASE_URL: [url.default("https://graph.facebook.com"), "an http(s) URL without a path"],
  WHATSAPP_API_VERSION: [text.regex(/^v\d+\.\d+$/).default("v26.0"), "a Graph API version such as v26.0"],
  ALLOW_HTTP_HOSTS: [
    list.pipe(z.array(text.regex(/^[\w.[\]:-]+$/))).default([]),
    "hosts of a private network, each as host or host:port, separated by commas; or unset",
  ],
  MEDIA_HOSTS: [
    list.pipe(z.array(text.regex(/^(\*\.)?[\w.[\]:-]+$/))).default([]),
    "host names separated by commas, each as host, host:port or *.host; or unset",
  ],
  IMPORT_HOSTS: [
    list.pipe(z.array(text.regex(/^[\w.[\]:-]+$/))).default([]),
    "hosts of a private network whose pages may be imported, each as host or host:port, separated by commas; or unset",
  ],
  ALLOW_TOOL_HOSTS: [
    list.pipe(z.array(text.regex(/^[\w.[\]:-]+$/))).default([]),
    "hosts of a private network that tools may call, each as host or host:port, separated by commas; or unset",
  ],
  TEST_PHONES: [
    list.pipe(z.array(phone)).default([]),
    "phones of your own with their country codes, separated by commas, for which the playground calls tools; or unset",
  ],
  DNS_URL: [
    url.default("https://cloudflare-dns.com/dns-query"),
    "the URL of a resolver that answers DNS as JSON",
  ],
  PUBLIC_URL: [url.optional(), "the https URL of this deployment, or unset"],
  VERCEL_PROJECT_PRODUCTION_URL: [text.optional(), "a host name; Vercel sets it"],
  VERCEL: [text.optional(), "1 on Vercel, which sets it"],
  VERCEL_URL: [text.optional(), "a host name; Vercel sets it"],
  VERCEL_ANALYTICS: [
    z.enum(["on", "off"]).default("off"),
    "on (events without ids and words go to Vercel Web Analytics) or off",
  ],
  VERCEL_WEB_ANALYTICS_ENDPOINT: [url.optional(), "an http(s) URL, or unset: that of the deployment"],
  OPENAI_API_KEY: [text, "a key from platform.openai.com → API keys"],
  OPENAI_BASE_URL: [
    url.default("https://api.openai.com/v1"),
    "the URL of an OpenAI-compatible service, usually ending in /v1",
  ],
  MODEL_PROFILE: [
    z.enum(MODEL_PROFILES).default("quality"),
    `${MODEL_PROFILES.join(", ")}, or unset: the first of them`,
  ],
  INTENT_MODEL: [text.optional(), "a model id, or unset: that of MODEL_PROFILE"],
  REPLY_MODEL: [text.optional(), "a model id, or unset: those of MODEL_PROFILE"],
  FALLBACK_MODEL: [text.optional(), "a model id, or unset: that of MODEL_PROFILE"],
  TRANSCRIPTION_MODEL: [text.default("gpt-4o-mini-transcribe"), "a transcription model's id"],
  MODELS: [
    z.string().default("{}").pipe(modelOverrides),
    'a JSON object of facts about models, {"model-id":{"temperature":false,"inputUsd":1}} (docs/configuration.md)',
  ],
  INTENT_FAST_PATH: [
    z.enum(["on", "off"]).default("on"),
    "on (messages in the exact words of an intent's examples are classified without a model) or off",
  ],
  INTENT_LOCAL: [
    z.enum(["off", "shadow", "on"]).default("shadow"),
    "off, shadow (the local classifier's guess is kept beside the model's answer) or on (a sure guess decides without a model)",
  ],
  INTENT_SAMPLE: [
    z.coerce.number().min(0).max(1).default(0.02),
    "share of the messages that a sure guess decided which the model sorts too, behind the reply, 0 to 1",
  ],
  REPLY_OVERLAP: [
    z.union([z.enum(["off", "lookup", "on"]), z.coerce.number().min(0).max(1)]).default("on"),
    "on (the likeliest reply is begun while the intent is asked for), a confidence from 0 to 1 from which it is, lookup (only what it needs is looked up) or off",
  ],
  MODEL_HEDGE: [
    z.enum(["on", "off"]).default("off"),
    "on (a call that is slower than nearly all is made once more, 2 % of all calls at most) or off",
  ],
  ANSWER_CACHE: [
    z.enum(["on", "off"]).default("off"),
    "on (answers to questions that anybody could ask are kept for a day, for whoever asks the same) or off",
  ],
  INTENT_TIMEOUT_MS: [count(50, 30_000).default(2_000), "milliseconds, 50 to 30000"],
  REPLY_TIMEOUT_MS: [count(50, 60_000).default(10_000), "milliseconds, 50 to 60000"],
  WAIT_TARGET_MS: [
    z.union([z.literal("off"), count(1_000, 60_000)]).default(3_000),
    "milliseconds that a customer should wait at most, 1000 to 60000, or off",
  ],
  KV_REST_API_URL: [url, "the REST URL of Vercel KV (Upstash): Vercel → Storage"],
  KV_REST_API_TOKEN: [secret(4), "the REST token of Vercel KV (Upstash): Vercel → Storage"],
  CACHE_TIMEOUT_MS: [
    count(10, 5_000).default(80),
    "milliseconds that a webhook or a turn waits for the cache before it continues without, 10 to 5000",
  ],
  POSTGRES_URL: [
    text.regex(/^postgres(ql)?:\/\/\S+$/),
    "postgres://user:password@host/database: Vercel → Storage → Postgres (the pooled URL)",
  ],
  RATE_LIMIT: [count(1, 100_000).default(20), "messages a customer may send per window, 1 or more"],
  RATE_WINDOW_S: [count(1, 86_400).default(60), "seconds, 1 to 86400"],
  BUDGET_TURNS: [count(1, 1_000_000).default(300), "turns per customer and day, 1 to 1000000"],
  BUDGET_SOUND_S: [
    count(1, 86_400).default(1_800),
    "seconds of sound transcribed per customer and day, 1 to 86400",
  ],
  BUDGET_USD: [
    z.coerce.number().min(0.01).max(1_000_000).default(200),
    "US dollars for models per number and day, 0.01 to 1000000",
  ],
  BUDGET_MONTH_USD: [
    z.coerce.number().min(0.01).max(100_000_000).optional(),
    "US dollars for models per number and month, 0.01 to 100000000: an alert, or unset",
  ],
  STATUS_WAIT_MS: [
    count(100, 120_000).default(8_000),
    "milliseconds to wait for a status report before an unanswered send is resent, 100 to 120000",
  ],
  SETTLE_MS: [
    count(0, 4_000).default(0),
    "milliseconds to wait for the rest of a burst, 0 to 4000; 0 is off",
  ],
  LEASE_MS: [
    count(1_000, 600_000).default(30_000),
    "milliseconds that a silent process keeps its conversation, 1000 to 600000",
  ],
  HUMAN_PAUSE_HOURS: [
    count(1, 720).default(12),
    "hours that the bot stays silent after an operator wrote from the WhatsApp Business app, 1 to 720",
  ],
  HANDOFF_WAIT_MIN: [
    count(1, 1_440).default(30),
    "minutes of opening hours that a customer waits for an operator before the bot offers to go on, 1 to 1440",
  ],
  RETENTION_DAYS: [
    count(8, 36_500).default(365),
    "days that messages and turns are kept, 8 or more (Meta may redeliver for seven)",
  ],
  KEEP_EXCHANGES: [
    z.union([z.enum(["on", "off"]), count(1, 36_500)]).default("on"),
    "on (what models are sent and say is kept as long as turns are), off, or days, 1 or more",
  ],
  BLOB_READ_WRITE_TOKEN: [
    text.regex(/^vercel_blob_rw_[A-Za-z0-9]+_\w+$/).optional(),
    "the read-write token of a private Vercel Blob store, or unset: no file is archived",
  ],
  VERCEL_BLOB_API_URL: [url.default("https://vercel.com/api/blob"), "an http(s) URL, or unset"],
  CRON_SECRET: [
    secret(6).optional(),
    "any random text of 16 characters or more; Vercel sends it to /api/cron/*",
  ],
  METRICS_TOKEN: [
    secret(16).optional(),
    "any random text of 16 characters or more, the bearer token of /api/metrics, or unset: there are no metrics",
  ],
  COMPANY_API_URL: [url.optional(), "the URL of your own system (docs/connector.md), or unset"],
  SECRETS_KEY: [
    list.pipe(z.array(sealingKey).max(5)).optional(),
    "32 random bytes as base64 (openssl rand -base64 32), which seal the secrets of companies' tools; while it is changed, the new one and the old one behind a comma; or unset",
  ],
  COMPANY_API_SECRET: [secret(4).optional(), "the secret that signs requests to COMPANY_API_URL"],
  OTEL_EXPORTER_OTLP_ENDPOINT: [url.optional(), "the base URL of an OTLP/HTTP collector, or unset"],
  OTEL_EXPORTER_OTLP_HEADERS: [
    text.optional(),
    "name=value,name=value: headers that the collector needs, or unset",
  ],
  OTEL_METRICS_EXPORTER: [
    z.enum(["otlp", "none"]).default("otlp"),
    "otlp (figures go to the collector as traces do) or none",
  ],
  OTEL_SERVICE_NAME: [text.default("chasqui"), "a name"],
  SLACK_WEBHOOK_URL: [url.optional(), "an incoming webhook's URL, or unset"],
  NOTIFY_WEBHOOK_URL: [url.optional(), "the URL that gets notifications as JSON, or unset"],
  NOTIFY_WEBHOOK_SECRET: [
    secret(16).optional(),
    "the secret that signs notifications to NOTIFY_WEBHOOK_URL, 16 characters or more, or unset",
  ],
  RUNBOOK_URL: [url.optional(), "the address where your team reads docs/runbook.md, or unset"],
  SENTRY_DSN: [
    text
      .regex(/^https?:\/\/[^\s@/]+@[^\s@/]+\/(?:[^\s?#]*\/)?\d+$/)
      .refine((dsn) => URL.canParse(dsn), "it is not a URL")
      .optional(),
    "a project's DSN, https://key@host/project, or unset",
  ],
  LOG_LEVEL: [z.enum(["debug", "info", "warn", "error"]).default("info"), "debug, info, warn or error"],
} as const satisfies Record<string, readonly [z.ZodType, string]>;

/** Addresses that receive a credential or customers' words. */
export const ADDRESSES = [
  "WHATSAPP_API_BASE_URL",
  "OPENAI_BASE_URL",
  "KV_REST_API_URL",
  "VERCEL_BLOB_API_URL",
  "COMPANY_API_URL",
  "OTEL_EXPORTER_OTLP_ENDPOINT",
  "SLACK_WEBHOOK_URL",
  "NOTIFY_WEBHOOK_URL",
  "SENTRY_DSN",
] as const satisfies (keyof Variables)[];

export type Variables = typeof VARIABLES;
