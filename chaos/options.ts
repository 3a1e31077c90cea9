import { parseArgs } from "node:util";

/** Options of `npm run chaos`. */
export interface Options {
  /** Rows to run; null: all. */
  only: readonly number[] | null;
  seed: number;
  /** Customers in row 20; other rows scale with it. */
  users: number;
  /** Number of simulated schedules; null: real processes. */
  schedules: number | null;
  /** Plants known mistakes in the simulation instead, and searches for each. */
  mistakes: boolean;
}

/** Takes a few minutes on two processors. */
const DEFAULT_USERS = 250;

/** Parses `--only 6,7 --seed n --users n --schedules n --mistakes`. Throws on anything else. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string" },
      seed: { type: "string" },
      users: { type: "string" },
      schedules: { type: "string" },
      mistakes: { type: "boolean", default: false },
    },
  });
  return {
    only: values.only === undefined ? null : values.only.split(",").map((row) => whole("--only", row)),
    seed: values.seed === undefined ? Math.floor(Math.random() * 1e9) : whole("--seed", values.seed),
    users: values.users === undefined ? DEFAULT_USERS : whole("--users", values.users),
    schedules: values.schedules === undefined ? null : whole("--schedules", values.schedules),
    mistakes: values.mistakes,
  };
}

function whole(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`${name} takes whole numbers, not ${text}`);
  return number;
}
