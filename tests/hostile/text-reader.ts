import { sample } from "../support/seed.ts";
import { ALL_FILLERS, type Filler } from "./fillers.ts";

/** A length and another, eight times as long. */
export type Lengths = readonly [short: number, long: number];

/** Something that reads text from outside. */
export interface TextReader {
  module: string;
  what: string;
  read(text: string): unknown;
  lengths: readonly Lengths[];
  fillers: readonly Filler[];
}

/** Also short ones: many readers look at no more than the beginning of a long text. */
const LENGTHS: readonly Lengths[] = [
  [512, 4_096],
  [8_192, 65_536],
];
/** A text that fits one message is not cut, and a quadratic library gets no more than one. */
export const OVER_ONE_MESSAGE: readonly Lengths[] = [[32_768, 262_144]];
export const MANY_PARTS: readonly Lengths[] = [[8_192, 65_536]];

/** Together they take minutes of processor time. */
const FILLERS = sample(ALL_FILLERS, ALL_FILLERS.length / 12);

/** A reader that is tried with fillers of every kind. */
export const row = (
  module: string,
  what: string,
  read: TextReader["read"],
  lengths = LENGTHS,
): TextReader => ({
  module,
  what,
  read,
  lengths,
  fillers: FILLERS,
});

/** Texts whose content hardly matters, such as many small items. */
export const few = (module: string, what: string, read: TextReader["read"]): TextReader => ({
  ...row(module, what, read),
  fillers: ALL_FILLERS.filter((_, at) => at % 20 === 0),
});
