import type { Busy } from "./busy.ts";
import type { Span } from "./times/recurrence.ts";

/** Times, in order and apart, at which as much takes place as there are places for; a whole day takes all of them. */
export function fullTimes(busy: readonly Busy[], capacity: number): Span[] {
  const changes = busy
    .flatMap(({ fromMs, toMs, isWholeDay }) => {
      const places = isWholeDay ? capacity : 1;
      return [
        { atMs: fromMs, places },
        { atMs: toMs, places: -places },
      ];
    })
    .sort((one, other) => one.atMs - other.atMs || one.places - other.places);
  const full: Span[] = [];
  let taken = 0;
  for (const { atMs, places } of changes) {
    const before = taken;
    taken += places;
    const last = full.at(-1);
    if (before < capacity && taken >= capacity) {
      if (last?.toMs === atMs) last.toMs = Number.POSITIVE_INFINITY;
      else full.push({ fromMs: atMs, toMs: Number.POSITIVE_INFINITY });
    } else if (last && before >= capacity && taken < capacity) last.toMs = atMs;
  }
  return full;
}
