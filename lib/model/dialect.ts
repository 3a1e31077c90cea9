import type { Feature } from "../config/features.ts";
import type { ModelFacts } from "../config/models.ts";

/** The features that requests to a model leave out by what is known of it, before it is asked. */
export const omittedBy = (facts: ModelFacts): Feature[] => [
  ...(facts.temperature ? [] : (["temperature"] as const)),
  ...(facts.jsonSchema ? [] : (["json_schema"] as const)),
  ...(facts.tools ? [] : (["tools"] as const)),
  ...(facts.forcedTool ? [] : (["forced_tool"] as const)),
  ...(facts.vision ? [] : (["vision"] as const)),
  ...(facts.cacheMarks ? [] : (["cache_mark"] as const)),
  ...facts.omit,
];

/** The features that one model of one service takes, as far as it is known. */
export interface Dialect {
  /** Features that requests leave out. */
  omitted(): ReadonlySet<Feature>;
  /** Length of the shortest prompt that was too long; null when none was. */
  tooLong(): number | null;
  /** Remembers what a service refused, after it took the same request without. */
  learn(lesson: Lesson): void;
}

/** What a refusal taught. */
export interface Lesson {
  features?: Iterable<Feature>;
  /** Length in characters of a prompt that was too long. */
  tooLong?: number | null;
}

/** Where a dialect starts, and who hears of what it learns. */
export interface DialectOptions {
  omit: Iterable<Feature>;
  now: () => number;
  onLesson?: (omitted: readonly Feature[]) => void;
}

/** A server may be updated or started anew with another setting: then one refused request shows what it takes now. */
const KEEP_MS = 60 * 60_000;

/** A dialect that starts without the features `omit`. */
export function createDialect({ omit, now, onLesson }: DialectOptions): Dialect {
  const always = new Set(omit);
  let learnt = { omitted: always, tooLong: null as number | null, untilMs: Number.POSITIVE_INFINITY };
  const current = () => {
    if (now() >= learnt.untilMs)
      learnt = { omitted: always, tooLong: null, untilMs: Number.POSITIVE_INFINITY };
    return learnt;
  };
  return {
    omitted: () => current().omitted,
    tooLong: () => current().tooLong,
    learn({ features = [], tooLong = null }) {
      const before = current();
      const omitted = new Set([...before.omitted, ...features]);
      const shortest = Math.min(
        before.tooLong ?? Number.POSITIVE_INFINITY,
        tooLong ?? Number.POSITIVE_INFINITY,
      );
      learnt = {
        omitted,
        tooLong: Number.isFinite(shortest) ? shortest : null,
        untilMs: Math.min(before.untilMs, now() + KEEP_MS),
      };
      if (omitted.size > before.omitted.size) onLesson?.([...omitted]);
    },
  };
}

const dialects = new Map<string, Dialect>();

/** The dialect of this model at this address: one for the whole process, so that each refusal is met once. */
export function dialectOf(baseUrl: string, model: string, options: DialectOptions): Dialect {
  const key = `${baseUrl} ${model}`;
  const known = dialects.get(key) ?? createDialect(options);
  dialects.set(key, known);
  return known;
}
