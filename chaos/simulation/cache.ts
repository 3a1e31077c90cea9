import type { Admission, AdmissionCache } from "../../lib/types/cache.ts";
import type { Plan } from "./faults.ts";

const UNKNOWN: Admission = { verdict: "unknown", retryAfterS: null };

/** The cache's own data: marks of what is stored, and windows of the rate limit (`lib/cache/scripts.ts`). */
export interface CacheModel {
  admit(messages: Parameters<AdmissionCache["admit"]>[0]): Admission[];
  mark(messageKeys: readonly string[]): void;
  flush(): void;
}

/** An empty cache. */
export function createCacheModel(now: () => number, { rateLimit }: Plan): CacheModel {
  const marks = new Set<string>();
  const windows = new Map<string, { endsAt: number; count: number }>();
  const admitOne = (messageKey: string, customerKey: string): Admission => {
    if (marks.has(messageKey)) return { verdict: "duplicate", retryAfterS: null };
    const known = windows.get(customerKey);
    const window =
      known && known.endsAt > now() ? known : { endsAt: now() + rateLimit.windowS * 1000, count: 0 };
    window.count += 1;
    windows.set(customerKey, window);
    if (window.count <= rateLimit.max) return { verdict: "new", retryAfterS: null };
    return { verdict: "limited", retryAfterS: Math.max(1, Math.ceil((window.endsAt - now()) / 1000)) };
  };
  return {
    admit: (messages) => messages.map(({ messageKey, customerKey }) => admitOne(messageKey, customerKey)),
    mark: (messageKeys) => {
      for (const id of messageKeys) marks.add(id);
    },
    flush: () => {
      marks.clear();
      windows.clear();
    },
  };
}

/** Result when the cache does not answer in time. */
export const unknownFor = (messages: readonly unknown[]): Admission[] => messages.map(() => UNKNOWN);
