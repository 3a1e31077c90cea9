import type { Acknowledged, Person } from "./customer.ts";
import type { World } from "./world.ts";

/** One row of the table of docs/reliability.md, played on real processes. */
export interface Scenario {
  row: number;
  happens: string;
  holds: string;
  /** A reply may reach the customer twice here: the published exception. */
  maySendTwice?: boolean;
  /** Resolves with what was seen; throws, or calls an assertion that does, when it does not hold. */
  play(scene: Scene): Promise<string>;
}

/** What a scenario has at hand. */
export interface Scene {
  world: World;
  /** Somebody new, whom no other scenario knows. */
  person(): Person;
  /** Every phone of this scene begins like this: for SQL's `like`. */
  phones: string;
  acknowledged: Acknowledged;
  random: () => number;
  /** How many users the large scenarios have. */
  users: number;
}
