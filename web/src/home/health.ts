/** Health of one service; null where the response does not say. */
export interface Check {
  name: string;
  ok: boolean | null;
  ms: number | null;
}

/** Health of the deployment. */
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

/** Parses the response of `/api/health`; unknown shapes still give a status. */
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

/** Calls the health check; null when there is no valid response. */
export async function fetchHealth(signal: AbortSignal): Promise<Health | null> {
  try {
    const timeout = AbortSignal.any([signal, AbortSignal.timeout(10_000)]);
    const response = await fetch("/api/health", { signal: timeout, headers: { accept: "application/json" } });
    return readHealth(await response.json(), response.ok);
  } catch {
    return null;
  }
}
