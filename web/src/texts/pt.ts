import { home } from "./pt/home.ts";
import { shared } from "./pt/shared.ts";
import { simulator } from "./pt/simulator.ts";
import type { Texts } from "./texts.ts";

/** Portuguese texts. */
export const pt: Texts = { ...shared, home, simulator };
