/** One dependency as the page shows it; null where the answer does not say. */
export interface Check {
  name: string;
  ok: boolean | null;
  ms: number | null;
}

/** What the page can say about the whole. */
export interface Health {
  status: "ok" | "degraded" | "down";
  checks: Check[];
}

const GOOD = new Set(["ok", "up", "pass", "healthy", "ready"]);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readOk(value: unknown): boolean | null {
  if (typeof value === "boolean") return value;
  if (typeof value === "string") return GOOD.has(value);
  if (!isRecord(value)) return null;
  return readOk(value.ok ?? value.status);
}

function readMs(value: unknown): number | null {
  if (!isRecord(value)) return null;
  const ms = value.ms ?? value.latencyMs;
  return typeof ms === "number" && Number.isFinite(ms) && ms >= 0 ? ms : null;
}

/** Reads what `/api/health` answered, leniently: unknown shapes still give a status. */
export function readHealth(body: unknown, httpOk: boolean): Health {
  const record = isRecord(body) ? body : {};
  const named = isRecord(record.checks) ? record.checks : {};
  const checks = Object.entries(named)
    .slice(0, 20)
    .map(([name, value]) => ({ name, ok: readOk(value), ms: readMs(value) }));
  const status = record.status;
  if (status === "ok" || status === "degraded" || status === "down") return { status, checks };
  if (!httpOk) return { status: "down", checks };
  return { status: checks.some((check) => check.ok === false) ? "degraded" : "ok", checks };
}

/** Asks the deployment how it is; null when it does not answer as Chasqui does. */
export async function askHealth(signal: AbortSignal): Promise<Health | null> {
  try {
    const timeout = AbortSignal.any([signal, AbortSignal.timeout(10_000)]);
    const response = await fetch("/api/health", { signal: timeout, headers: { accept: "application/json" } });
    return readHealth(await response.json(), response.ok);
  } catch {
    return null;
  }
}
