import { home } from "./en/home.ts";
import { shared } from "./en/shared.ts";
import { simulator } from "./en/simulator.ts";

/** English texts. */
export const en = { ...shared, home, simulator };
