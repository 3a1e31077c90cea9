import { SEED } from "./seed.ts";

/** Removes the developer's own settings, so that no test reaches a real service or depends on a machine. */
const OWN =
  /^(WHATSAPP_|OPENAI_|KV_|POSTGRES_|INTENT_|REPLY_|FALLBACK_|RATE_|SETTLE_|CRON_|OTEL_|SLACK_|SENTRY_|COMPANY_|CHASQUI_|BLOB_|LOG_LEVEL$|PORT$|HOST$|VERCEL)/;

for (const name of Object.keys(process.env)) {
  if (OWN.test(name)) delete process.env[name];
}

// Properties are tried with other values each time, and with the same ones each time where a whole change waits for the answer.
if (process.env.CI) {
  const { default: fc } = await import("fast-check");
  fc.configureGlobal({ seed: SEED });
}
