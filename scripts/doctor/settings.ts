import { ConfigurationError, type Env, parseEnv } from "../../lib/config/env.ts";
import { chosenModels } from "../../lib/config/profiles.ts";
import type { Finding } from "./finding.ts";

/** Required settings, with placeholders for missing ones so that the others can be tested. */
const REQUIRED: Record<string, string> = {
  WHATSAPP_APP_SECRET: "xxxxxxxx",
  WHATSAPP_VERIFY_TOKEN: "xxxx",
  WHATSAPP_ACCESS_TOKEN: "x",
  WHATSAPP_PHONE_NUMBER_ID: "1",
  OPENAI_API_KEY: "x",
  KV_REST_API_URL: "http://localhost",
  KV_REST_API_TOKEN: "xxxx",
  POSTGRES_URL: "postgres://localhost/x",
};

/** Placeholders, including one for a setting that another requires. */
const PLACEHOLDERS: Record<string, string> = { ...REQUIRED, COMPANY_API_SECRET: "xxxx" };

const NO_CRON_SECRET: Finding = line(
  "CRON_SECRET",
  "warning",
  "missing",
  "on Vercel, set it to a random text of 16 characters or more; without it no cron runs (npm start creates its own)",
);

export interface Settings {
  env: Env;
  findings: Finding[];
  /** Variables that are missing or invalid. */
  unusable: ReadonlySet<string>;
  /** True when none of the needed variables is set. */
  untouched: boolean;
}

/** Checks each setting; a problem comes with its fix. */
export function readSettings(source: Record<string, string | undefined>): Settings {
  const problems = problemsOf(source);
  const patched = { ...source };
  for (const { variable } of problems) patched[variable] = PLACEHOLDERS[variable];

  const set = Object.keys(REQUIRED).filter((name) => source[name]?.trim());
  const fine = set.filter((name) => !problems.some((problem) => problem.variable === name));
  const env = parseEnv(patched);
  const unusable = new Set(problems.map(({ variable }) => variable));
  const more = env.WHATSAPP_NUMBERS.map(({ phoneNumberId }) => phoneNumberId);
  const findings: Finding[] = [
    ...[...fine, ...(source.CRON_SECRET?.trim() && !unusable.has("CRON_SECRET") ? ["CRON_SECRET"] : [])].map(
      (name) => findingFor(name, source[name] ?? ""),
    ),
    ...(more.length > 0 ? [line("WHATSAPP_NUMBERS", "ok", more.join(", "), null)] : []),
    ...(unusable.has("MODEL_PROFILE") ? [] : [profileFinding(env)]),
    ...problems.map(({ variable, problem, fix }) =>
      line(variable, "failed", problem.replace("is ", ""), `set it to ${fix}`),
    ),
    ...(source.CRON_SECRET?.trim() ? [] : [NO_CRON_SECRET]),
  ];
  return { env, findings, unusable, untouched: set.length === 0 };
}

function problemsOf(source: Record<string, string | undefined>): ConfigurationError["problems"] {
  try {
    parseEnv(source);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

function line(name: string, status: Finding["status"], message: string, fix: string | null): Finding {
  return { section: "settings", name, status, message, fix };
}

/** Which models answer, and what chose them. A profile that a variable overrules is worth a word. */
function profileFinding(env: Env): Finding {
  const { intent, replies, fallback, chosenBy } = chosenModels(env);
  const { simple, standard, hard } = replies;
  const same = simple === standard && standard === hard;
  const replying = same
    ? `${standard} replies`
    : `${standard} replies, ${simple} to simple and ${hard} to hard intents`;
  const models = `${intent} classifies, ${replying}, ${fallback} stands in`;
  if (chosenBy !== "REPLY_MODEL") return line("MODEL_PROFILE", "ok", `${chosenBy}: ${models}`, null);
  const message = `REPLY_MODEL comes first: ${models}`;
  return env.MODEL_PROFILE === "quality"
    ? line("MODEL_PROFILE", "ok", message, null)
    : line(
        "MODEL_PROFILE",
        "warning",
        message,
        `unset REPLY_MODEL to let ${env.MODEL_PROFILE} choose by intent`,
      );
}

/** Shorter secrets work, but are easier to guess. */
const ADVISED_LENGTHS: Record<string, { least: number; fix: string }> = {
  WHATSAPP_APP_SECRET: {
    least: 32,
    fix: "Meta's app secrets have 32 characters: compare it with the App Dashboard",
  },
  CRON_SECRET: { least: 16, fix: "set it to a random text of 16 characters or more" },
};

function findingFor(name: string, value: string): Finding {
  const advised = ADVISED_LENGTHS[name];
  const each = name === "WHATSAPP_APP_SECRET" ? value.split(",") : [value];
  if (advised && each.some((secret) => secret.trim().length < advised.least))
    return line(name, "warning", `${describe(name, value)}: short`, advised.fix);
  return line(name, "ok", describe(name, value), null);
}

/** Shows only the length of a secret, since even a few letters would help to guess it. */
function describe(name: string, value: string): string {
  return name === "WHATSAPP_PHONE_NUMBER_ID" ? value.trim() : `set, ${value.trim().length} characters`;
}
