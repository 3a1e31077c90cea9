import { parseArgs } from "node:util";

/** What `npm run chaos` is asked for. */
export interface Options {
  /** Rows to play; null: all. */
  only: readonly number[] | null;
  seed: number;
  /** Users of the last row; the others follow from it. */
  users: number;
  /** Null: real processes. Otherwise that many schedules of the simulation instead. */
  schedules: number | null;
}

/** What fits into a few minutes of two processors. */
const DEFAULT_USERS = 250;

/** Reads `--only 6,7 --seed n --users n --schedules n`. Throws on anything else. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string" },
      seed: { type: "string" },
      users: { type: "string" },
      schedules: { type: "string" },
    },
  });
  return {
    only: values.only === undefined ? null : values.only.split(",").map((row) => whole("--only", row)),
    seed: values.seed === undefined ? Math.floor(Math.random() * 1e9) : whole("--seed", values.seed),
    users: values.users === undefined ? DEFAULT_USERS : whole("--users", values.users),
    schedules: values.schedules === undefined ? null : whole("--schedules", values.schedules),
  };
}

function whole(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`${name} takes whole numbers, not ${text}`);
  return number;
}
