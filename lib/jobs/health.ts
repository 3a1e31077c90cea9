import { statusOf } from "../http/call.ts";
import type { ComingEnd } from "../model/ends.ts";
import { errorCode } from "../telemetry/error-code.ts";
import type { AdmissionCache } from "../types/cache.ts";
import type { Clock } from "../types/clock.ts";

/** Time limit of one check. */
const CHECK_TIMEOUT_MS = 2_000;
/** Time that an external service's check is reused. */
const KEEP_MS = 10_000;

/** Dependencies of the health check. */
export interface HealthDeps {
  clock: Clock;
  cache: AdmissionCache;
  database: { sql<Row>(strings: TemplateStringsArray): Promise<Row[]> };
  /** `whatsapp`: one per business number. */
  services: { model: Service; whatsapp: readonly Service[] };
  /** Never throws; as quick as the check of the model service. */
  comingEnds(): Promise<ComingEnd[]>;
}

interface Service {
  url: string;
  bearer: string;
}

/** Check of one dependency: its duration and, on failure, an error code. */
export interface Check {
  ok: boolean;
  ms: number;
  error?: string;
}

/** Health of the deployment. `down` (503): nothing can be stored. `degraded` (200): messages are stored and answered as well as possible. */
export interface Health {
  status: "ok" | "degraded" | "down";
  checks: Record<"database" | "cache" | "model" | "whatsapp", Check>;
  /** Conversations unread for over two minutes, counted up to 1,000; null when unknown. */
  stranded: number | null;
  /** Configured models that end within 60 days. */
  modelEnds: ComingEnd[];
}

/** Public part of the result: no error codes, no counts, no models. */
export function publicHealth({ status, checks }: Health): object {
  const bare = Object.entries(checks).map(([name, { ok, ms }]) => [name, { ok, ms }]);
  return { status, checks: Object.fromEntries(bare) };
}

/**
 * Checks all dependencies in parallel under a time limit. Concurrent callers share one check per dependency. Results of
 * external services are reused for 10 s, because anyone may call this endpoint and the checks use our tokens.
 */
export function createHealth(deps: HealthDeps): () => Promise<Health> {
  const { clock, cache, database, services } = deps;
  let stranded: number | null = null;
  const count = async (): Promise<void> => {
    stranded = await countStranded(database);
  };
  const askDatabase = shared(clock, 0, () => timed(clock, count));
  const askCache = shared(clock, 0, () => timed(clock, () => cache.ping()));
  const askModel = shared(clock, KEEP_MS, () => timed(clock, () => reach(services.model)));
  const askWhatsApp = shared(clock, KEEP_MS, () =>
    timed(clock, async () => {
      await Promise.all(services.whatsapp.map(reach));
    }),
  );
  return async () => {
    const asked = Promise.all([askDatabase(), askCache(), askModel(), askWhatsApp()]);
    const [answers, modelEnds] = await Promise.all([asked, deps.comingEnds()]);
    const [database, cache, model, whatsapp] = answers;
    const healthy = answers.every(({ ok }) => ok);
    const checks = { database, cache, model, whatsapp };
    return {
      status: healthy ? "ok" : database.ok ? "degraded" : "down",
      checks,
      stranded: database.ok ? stranded : null,
      modelEnds,
    };
  };
}

/** Shares one check among all callers while it runs and for `keepMs` afterwards. */
function shared(clock: Clock, keepMs: number, ask: () => Promise<Check>): () => Promise<Check> {
  let last: { answer: Promise<Check>; atMs: number; forMs: number } | null = null;
  return () => {
    // On the edge a check can die with the request that started it, so it expires.
    if (last === null || Math.abs(clock.now() - last.atMs) >= last.forMs) {
      const own = { answer: ask(), atMs: clock.now(), forMs: 2 * CHECK_TIMEOUT_MS };
      last = own;
      own.answer.then(() => Object.assign(own, { atMs: clock.now(), forMs: keepMs }));
    }
    const { answer } = last;
    return within(answer).catch((error) => ({ ok: false, ms: CHECK_TIMEOUT_MS, error: errorCode(error) }));
  };
}

/** Counts stranded conversations; this also proves that the database is migrated. */
async function countStranded(database: HealthDeps["database"]): Promise<number | null> {
  const [row] = await database.sql<{ stranded: number }>`select stranded_conversations() as stranded`;
  return row?.stranded ?? null;
}

/** Throws when a service refuses our key or fails; any other response counts as healthy. */
async function reach({ url, bearer }: Service): Promise<void> {
  const headers = { authorization: `Bearer ${bearer}` };
  const status = await statusOf(url, { headers, timeoutMs: CHECK_TIMEOUT_MS });
  if (status === 401 || status === 403 || status >= 500)
    throw Object.assign(new Error("refused"), { status });
}

async function timed(clock: Clock, check: () => Promise<void>): Promise<Check> {
  const startedMs = clock.now();
  const elapsed = () => Math.round(clock.now() - startedMs);
  try {
    await within(check());
    return { ok: true, ms: elapsed() };
  } catch (error) {
    return { ok: false, ms: elapsed(), error: errorCode(error) };
  }
}

function within<T>(work: Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(CHECK_TIMEOUT_MS);
  return Promise.race([
    work,
    new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
  ]);
}
