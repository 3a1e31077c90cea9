/** Models that will end: what the service says of them, else the table. */
import type { FactsOf, ModelOverrides } from "../config/models.ts";
import { call } from "../http/call.ts";
import { fieldOf, fieldsOf, listOf, parseJson } from "../json/lenient.ts";

/** Days ahead at which the company is alerted. */
const ALERT_DAYS = [7, 30, 60] as const;
const DAY_MS = 86_400_000;
/** That of a health check. */
const TIMEOUT_MS = 2_000;
/** Some gateways list thousands of models. */
const MAX_BYTES = 4 * 1024 * 1024;

/** A model that ends within 60 days, or has ended by its date. */
export interface ComingEnd {
  model: string;
  /** Last day, `YYYY-MM-DD`. */
  shutdown: string;
  /** From today (UTC); 0 or less: it has ended. */
  daysLeft: number;
  successor: string | null;
}

/** Last days by model id; null: the service says that none is announced. */
export type ShutdownDates = ReadonlyMap<string, string | null>;

/** The last days that the service states (`shutdown_date` of `GET /v1/models`); OpenAI does, most others do not. Throws CallError. */
export async function statedDates(service: {
  baseUrl: string;
  apiKey: string;
  fetch?: typeof fetch | undefined;
}): Promise<ShutdownDates> {
  const { text } = await call(`${service.baseUrl}/models`, {
    headers: { authorization: `Bearer ${service.apiKey}` },
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_BYTES,
    fetch: service.fetch,
  });
  const models = listOf(fieldOf(fieldsOf(parseJson(text)), "data")).map(fieldsOf);
  return new Map(
    models.flatMap((model): [string, string | null][] => {
      const [id, day] = [fieldOf(model, "id"), fieldOf(model, "shutdown_date")];
      return typeof id === "string" && (day === null || isDay(day)) ? [[id, day]] : [];
    }),
  );
}

const isDay = (value: unknown): value is string =>
  typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));

/** What is known about the lives of models. */
export interface KnownLives {
  factsOf: FactsOf;
  /** `MODELS`: it comes before what the service states. */
  overrides: ModelOverrides;
  stated: ShutdownDates;
}

/** Those of these models that end within 60 days, the first first. */
export function comingEnds(ids: Iterable<string>, lives: KnownLives, nowMs: number): ComingEnd[] {
  const today = Math.floor(nowMs / DAY_MS);
  const ends = [...new Set(ids)].flatMap((model): ComingEnd[] => {
    const shutdown = shutdownOf(model, lives);
    if (shutdown === null) return [];
    const daysLeft = Math.floor(Date.parse(shutdown) / DAY_MS) - today;
    const { successor } = lives.factsOf(model);
    return daysLeft > ALERT_DAYS[2] ? [] : [{ model, shutdown, daysLeft, successor }];
  });
  return ends.sort((one, other) => one.daysLeft - other.daysLeft);
}

function shutdownOf(model: string, { factsOf, overrides, stated }: KnownLives): string | null {
  const overridden = Object.hasOwn(overrides, model) ? overrides[model]?.shutdown : undefined;
  if (overridden !== undefined) return overridden;
  const said = stated.get(model);
  return said === undefined ? factsOf(model).shutdown : said;
}

/** The nearest of 60, 30 and 7 days that has come; null once the model has ended, since its successor says so. */
export const alertDays = ({ daysLeft }: ComingEnd): number | null =>
  daysLeft <= 0 ? null : (ALERT_DAYS.find((days) => daysLeft <= days) ?? null);

/** What happens on the last day, in words. */
export const fateOf = ({ successor }: ComingEnd): string =>
  successor ? `${successor} answers in its place from then on` : "nothing answers in its place";
