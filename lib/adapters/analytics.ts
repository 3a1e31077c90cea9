import { track } from "@vercel/analytics/server";
import type { Clock } from "../types/clock.ts";
import type { Track } from "../types/exports.ts";

export interface AnalyticsSettings {
  /** This deployment, which stands for the page that an event happened on. */
  origin: string;
  clock: Clock;
  waitUntil(promise: Promise<unknown>): void;
}

const REQUEST_CONTEXT = Symbol.for("@vercel/request-context");
const MINUTE_MS = 60_000;
/** There is no call for several events, and a rush says no more than its beginning. */
const MAX_PER_MINUTE = 120;

/** Sends events to Vercel Web Analytics: at most 120 a minute for each process; more are left out. */
export function createAnalytics({ origin, clock, waitUntil }: AnalyticsSettings): Track {
  // None is Meta's or an operator's. Those that the library reads are all there: it would send a missing one as "undefined".
  const headers = {
    ...{ referer: `${origin}/bot`, "user-agent": "Chasqui/1.0", cookie: "" },
    // An address that nobody has: https://www.rfc-editor.org/rfc/rfc5737
    "x-forwarded-for": "192.0.2.1",
  };
  let minute = 0;
  let sent = 0;
  return (name, values) => {
    const now = Math.floor(clock.now() / MINUTE_MS);
    if (now !== minute) sent = 0;
    minute = now;
    sent += 1;
    if (sent > MAX_PER_MINUTE) return;
    waitUntil(outsideRequest(() => track(name, { ...values }, { headers })).catch(() => undefined));
  };
}

/** Runs what begins a call while no request is to be seen: the library would take its URL, in which a conversation's id can stand. */
function outsideRequest(begin: () => Promise<void>): Promise<void> {
  const provider: unknown = Reflect.get(globalThis, REQUEST_CONTEXT);
  Reflect.set(globalThis, REQUEST_CONTEXT, undefined);
  try {
    // It reads the context before it waits for anything.
    return begin();
  } finally {
    Reflect.set(globalThis, REQUEST_CONTEXT, provider);
  }
}
