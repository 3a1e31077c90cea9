/** Round steps of an axis. */
const STEPS = [1, 2, 2.5, 5, 10];

/** Values for the marks of an axis from 0 to at least `max`, about `marks` of them. */
export function ticksTo(max: number, marks = 4): number[] {
  if (!(max > 0)) return [0, 1];
  const rough = max / marks;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (STEPS.find((each) => each * power >= rough) ?? 10);
  const count = Math.ceil(max / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, place) => Number((place * step).toPrecision(12)));
}

/** Like `ticksTo`, for counts: no halves. */
export const wholeTicksTo = (max: number, marks = 4): number[] => {
  const ticks = ticksTo(max, marks);
  return ticks.every(Number.isInteger)
    ? ticks
    : Array.from({ length: Math.ceil(max) + 1 }, (_, place) => place);
};

/** Places of the slots that get a label, so that labels of this width fit beside each other. */
export function labelled(slots: number, width: number, labelWidth: number): number[] {
  const most = Math.max(1, Math.floor(width / labelWidth));
  const every = Math.max(1, Math.ceil(slots / most));
  return Array.from({ length: Math.ceil(slots / every) }, (_, place) => place * every);
}

/** Words at their places, without those that repeat the one before. */
export const withoutRepeats = <Place extends { words: string }>(places: readonly Place[]): Place[] =>
  places.filter(({ words }, index) => words !== places[index - 1]?.words);

/** Largest of the values; 0 for none. Unlike `Math.max(...)` it takes any number of them. */
export const largest = (values: Iterable<number | null>): number => {
  let most = 0;
  for (const value of values) if (value !== null && value > most) most = value;
  return most;
};
