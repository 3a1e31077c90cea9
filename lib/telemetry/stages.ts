import type { Attributes } from "@opentelemetry/api";
import { span } from "./span.ts";

/** Time of one turn by stage; each stage is also a span. */
export interface Stages {
  /** Runs and times one stage, also when it throws. A repeated stage adds to its time. */
  run<T>(name: string, fn: () => Promise<T>, attributes?: Attributes): Promise<T>;
  /** Adds time measured elsewhere. */
  add(name: string, ms: number): void;
  /** Milliseconds by stage name, rounded to a tenth. */
  readonly ms: Record<string, number>;
}

/** Stages timed by `now` (milliseconds). */
export function createStages(now: () => number): Stages {
  const ms: Record<string, number> = {};
  const add = (name: string, elapsedMs: number): void => {
    ms[name] = Math.round(((ms[name] ?? 0) + elapsedMs) * 10) / 10;
  };
  return {
    ms,
    add,
    run: (name, fn, attributes = {}) =>
      span(name, { ...attributes, "chasqui.stage": name }, async () => {
        const startedAt = now();
        try {
          return await fn();
        } finally {
          add(name, now() - startedAt);
        }
      }),
  };
}
