import { useSearchParams } from "wouter";
import { askedQuery, type ChosenRange, rangeIn, withFilter, withRange } from "./range.ts";

/** Range and filters of the address. They survive a reload and are in every link. */
export interface RangeState {
  params: URLSearchParams;
  range: ChosenRange;
  /** Query for the server. */
  query: string;
  setRange(range: ChosenRange): void;
  /** An empty value removes the filter. */
  setFilter(name: string, value: string): void;
  /** Removes several at once. */
  clear(names: readonly string[]): void;
}

/** Range and filters that the insight pages share, from the address. */
export function useRange(): RangeState {
  const [params, setParams] = useSearchParams();
  return {
    params,
    range: rangeIn(params),
    query: askedQuery(params),
    setRange: (range) => setParams((now) => withRange(now, range)),
    setFilter: (name, value) => setParams((now) => withFilter(now, name, value), { replace: true }),
    clear: (names) =>
      setParams((now) => names.reduce((next, name) => withFilter(next, name, ""), now), { replace: true }),
  };
}
