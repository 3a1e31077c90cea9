import type { AdmissionCache, Clock } from "./ports.ts";
import { errorCode } from "./telemetry/error-code.ts";

/** How long one dependency may take to say that it is there. */
const CHECK_TIMEOUT_MS = 2_000;

/** What health looks at. */
export interface HealthDeps {
  clock: Clock;
  cache: AdmissionCache;
  database: { sql<Row>(strings: TemplateStringsArray): Promise<Row[]> };
  /** `whatsapp`: one per business number. */
  services: { model: Service; whatsapp: readonly Service[] };
}

interface Service {
  url: string;
  bearer: string;
}

/** One dependency: whether it answers, in how many milliseconds, and otherwise a code that says what failed. */
export interface Check {
  ok: boolean;
  ms: number;
  error?: string;
}

/** `down` (503): nothing can be stored. `degraded` (200): messages are kept and answered as well as can be. */
export interface Health {
  status: "ok" | "degraded" | "down";
  checks: Record<"database" | "cache" | "model" | "whatsapp", Check>;
  /** Conversations that have waited for an answer for over two minutes, counted up to 1,000; null when not known. */
  stranded: number | null;
}

/** Asks every dependency at once, each with a bounded wait. */
export async function checkHealth(deps: HealthDeps): Promise<Health> {
  let stranded: number | null = null;
  const [database, cache, model, whatsapp] = await Promise.all([
    timed(deps.clock, async () => {
      stranded = await countStranded(deps.database);
    }),
    timed(deps.clock, () => deps.cache.ping()),
    timed(deps.clock, () => reach(deps.services.model)),
    timed(deps.clock, async () => {
      await Promise.all(deps.services.whatsapp.map(reach));
    }),
  ]);
  const checks = { database, cache, model, whatsapp };
  const healthy = Object.values(checks).every(({ ok }) => ok);
  return { status: healthy ? "ok" : database.ok ? "degraded" : "down", checks, stranded };
}

/** Reaches the database and a function that the newest migration made. */
async function countStranded(database: HealthDeps["database"]): Promise<number | null> {
  const [row] = await database.sql<{ stranded: number }>`select stranded_conversations() as stranded`;
  return row?.stranded ?? null;
}

/** Any answer that is neither a refusal of our key nor a failure of the service is good enough. */
async function reach({ url, bearer }: Service): Promise<void> {
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${bearer}` },
    redirect: "manual",
    signal: AbortSignal.timeout(CHECK_TIMEOUT_MS),
  });
  await response.body?.cancel();
  const { status } = response;
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

function within(work: Promise<void>): Promise<void> {
  const signal = AbortSignal.timeout(CHECK_TIMEOUT_MS);
  return Promise.race([
    work,
    new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
  ]);
}
