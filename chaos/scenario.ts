import type { Acknowledged, Customer } from "./customer.ts";
import type { World } from "./world.ts";

/** One row of the table in docs/reliability.md, run on real processes. */
export interface Scenario {
  row: number;
  happens: string;
  holds: string;
  /** Allows a reply to reach the customer twice: the published exception. */
  maySendTwice?: boolean;
  /** Resolves with a summary of the result; throws when the guarantee does not hold. */
  play(scene: Scene): Promise<string>;
}

/** Surroundings of one scenario. */
export interface Scene {
  world: World;
  /** A new customer, unknown to other scenarios. */
  customer(): Customer;
  /** Pattern of all phones of this scene, for SQL's `like`. */
  phones: string;
  acknowledged: Acknowledged;
  random: () => number;
  /** Customers in large scenarios. */
  users: number;
}
