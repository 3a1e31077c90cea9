import { sample } from "../support/seed.ts";
import { ALL_FILLERS, type Filler } from "./fillers.ts";

/** Something that reads text from outside. */
export interface TextReader {
  module: string;
  what: string;
  read(text: string): unknown;
  /** Multiples of 16. */
  lengths: readonly number[];
  fillers: readonly Filler[];
}

/** Also a short one: some readers refuse a long text. */
const LENGTHS: readonly number[] = [4_096, 65_536];
/** A text that fits one message is not cut, and a quadratic library gets no more than one. */
export const OVER_ONE_MESSAGE: readonly number[] = [262_144];
export const MANY_PARTS: readonly number[] = [65_536];

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
