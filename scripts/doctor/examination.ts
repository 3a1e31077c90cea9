import { createNumbers } from "../../lib/config/numbers.ts";
import { type Examined, examine, type Finding } from "./finding.ts";
import { businessNumbers, checkGraph } from "./graph.ts";
import { checkModel, modelsOf } from "./models/check.ts";
import { modelEnds } from "./models/ends.ts";
import { checkNotifyWebhook, checkOrders, checkOtlp, checkSentry, checkSlack } from "./optional.ts";
import type { Settings } from "./settings.ts";
import { checkCache, checkDatabase } from "./stores.ts";
import { accountNumbers, checkTemplates } from "./templates.ts";
import { checkTools } from "./tools.ts";
import { checkWebhook } from "./webhook.ts";

interface Check extends Examined {
  /** Settings without which the check is skipped, since their problem is reported already. */
  needs: string[];
}

/** A model answers several calls, and is waited for as the bot does. */
const MODEL_LIMIT_MS = 20_000;

/** Tests every service with usable settings, all in parallel. */
export async function examineServices(settings: Settings, botUrl: string): Promise<Finding[]> {
  const checks = [
    ...needed(settings, botUrl),
    ...numbers(settings),
    ...templates(settings),
    ...models(settings),
    ...tools(settings),
    ...optional(settings),
  ];
  const findings = await Promise.all([
    ...checks
      .filter((check) => check.needs.every((name) => !settings.unusable.has(name)))
      .map(async (check) => [await examine(check)]),
    modelEnds(settings.env),
  ]);
  return findings.flat();
}

function needed({ env }: Settings, botUrl: string): Check[] {
  return [
    {
      name: "database",
      needs: ["POSTGRES_URL"],
      fix: "check host and password in POSTGRES_URL, and that the database accepts connections from this machine",
      run: () => checkDatabase(env.POSTGRES_URL, createNumbers(env).ids),
    },
    {
      name: "cache",
      needs: ["KV_REST_API_URL", "KV_REST_API_TOKEN"],
      fix: "check KV_REST_API_URL and KV_REST_API_TOKEN (the REST ones of Vercel KV or Upstash)",
      run: () => checkCache(env.KV_REST_API_URL, env.KV_REST_API_TOKEN),
    },
    {
      name: "webhook",
      needs: ["WHATSAPP_APP_SECRET", "WHATSAPP_VERIFY_TOKEN"],
      fix: "see the bot's log",
      run: (signal) => checkWebhook(env, botUrl, signal),
    },
  ];
}

function numbers({ env }: Settings): Check[] {
  return businessNumbers(env).map((number, index, all) => ({
    name: all.length === 1 ? "WhatsApp" : `WhatsApp ${number.id}`,
    needs: [number.tokenName, ...(index === 0 ? ["WHATSAPP_PHONE_NUMBER_ID"] : [])],
    fix: "check WHATSAPP_API_BASE_URL and this machine's connection",
    run: (signal) => checkGraph(env, number, signal),
  }));
}

function templates({ env }: Settings): Check[] {
  return accountNumbers(env).map(({ accountId, phoneNumberId }, _, all) => ({
    name: all.length === 1 ? "templates" : `templates ${accountId}`,
    needs: ["WHATSAPP_ACCESS_TOKEN", "WHATSAPP_PHONE_NUMBER_ID"],
    fix: "check WHATSAPP_API_BASE_URL and this machine's connection",
    run: () => checkTemplates(env, phoneNumberId),
  }));
}

function models({ env }: Settings): Check[] {
  return modelsOf(env).map((id) => ({
    name: `model ${id}`,
    needs: ["OPENAI_API_KEY", "MODELS"],
    fix: "check OPENAI_BASE_URL and this machine's connection",
    limitMs: MODEL_LIMIT_MS,
    run: () => checkModel(env, id),
  }));
}

function tools({ env }: Settings): Check[] {
  return createNumbers(env).ids.map((id, _, all) => ({
    name: all.length === 1 ? "tools" : `tools ${id}`,
    needs: ["POSTGRES_URL", "WHATSAPP_PHONE_NUMBER_ID", "ALLOW_TOOL_HOSTS"],
    fix: "check POSTGRES_URL, and that npm run migrate has run",
    run: (signal) => checkTools(env.POSTGRES_URL, id, signal),
  }));
}

function optional({ env }: Settings): Check[] {
  const { SLACK_WEBHOOK_URL: slack, OTEL_EXPORTER_OTLP_ENDPOINT: otlp, SENTRY_DSN: sentry } = env;
  const { COMPANY_API_URL: baseUrl, COMPANY_API_SECRET: secret } = env;
  const { NOTIFY_WEBHOOK_URL: notify, NOTIFY_WEBHOOK_SECRET: signing = null } = env;
  const checks: Check[] = [];
  if (notify) {
    const fix = "check NOTIFY_WEBHOOK_URL";
    checks.push({ name: "notifications", needs: [], fix, run: () => checkNotifyWebhook(notify, signing) });
  }
  if (slack) {
    const fix = "check SLACK_WEBHOOK_URL";
    checks.push({ name: "Slack", needs: [], fix, run: (signal) => checkSlack(slack, signal) });
  }
  if (otlp) {
    const fix = "check OTEL_EXPORTER_OTLP_ENDPOINT";
    checks.push({ name: "telemetry", needs: [], fix, run: (signal) => checkOtlp(otlp, signal) });
  }
  if (sentry) {
    const fix = "check SENTRY_DSN";
    checks.push({ name: "Sentry", needs: [], fix, run: (signal) => checkSentry(sentry, signal) });
  }
  if (baseUrl && secret) {
    const fix = "check COMPANY_API_URL and COMPANY_API_SECRET (docs/connector.md)";
    const run = (signal: AbortSignal) => checkOrders(baseUrl, secret, signal);
    checks.push({ name: "company system", needs: ["COMPANY_API_SECRET"], fix, run });
  }
  return checks;
}
