import { errorCode } from "../telemetry/error-code.ts";
import type { AdmissionCache } from "../types/cache.ts";
import type { Clock } from "../types/clock.ts";

/** How long one dependency may take to say that it is there. */
const CHECK_TIMEOUT_MS = 2_000;
/** How long the answer of a service outside counts. */
const KEEP_MS = 10_000;

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

/** What anybody may read: no failure's code, no count of customers. */
export function publicHealth({ status, checks }: Health): object {
  const bare = Object.entries(checks).map(([name, { ok, ms }]) => [name, { ok, ms }]);
  return { status, checks: Object.fromEntries(bare) };
}

/**
 * Asks every dependency at once, each with a bounded wait. Of each no more than one question is under way, for all who
 * ask meanwhile; what services outside answered is kept for 10 s, since they are asked with our tokens and by anybody.
 */
export function createHealth({ clock, cache, database, services }: HealthDeps): () => Promise<Health> {
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
    const answers = await Promise.all([askDatabase(), askCache(), askModel(), askWhatsApp()]);
    const [database, cache, model, whatsapp] = answers;
    const healthy = answers.every(({ ok }) => ok);
    const checks = { database, cache, model, whatsapp };
    return {
      status: healthy ? "ok" : database.ok ? "degraded" : "down",
      checks,
      stranded: database.ok ? stranded : null,
    };
  };
}

/** The answer to one question for all who ask while it is under way and for `keepMs` afterwards. */
function shared(clock: Clock, keepMs: number, ask: () => Promise<Check>): () => Promise<Check> {
  let last: { answer: Promise<Check>; atMs: number; forMs: number } | null = null;
  return () => {
    // On the edge a question can end with the request that asked it, without an answer: it is not waited for for ever.
    if (last === null || Math.abs(clock.now() - last.atMs) >= last.forMs) {
      const own = { answer: ask(), atMs: clock.now(), forMs: 2 * CHECK_TIMEOUT_MS };
      last = own;
      own.answer.then(() => Object.assign(own, { atMs: clock.now(), forMs: keepMs }));
    }
    const { answer } = last;
    return within(answer).catch((error) => ({ ok: false, ms: CHECK_TIMEOUT_MS, error: errorCode(error) }));
  };
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

function within<T>(work: Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(CHECK_TIMEOUT_MS);
  return Promise.race([
    work,
    new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
  ]);
}
