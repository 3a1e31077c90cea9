import { home } from "./es/home.ts";
import { shared } from "./es/shared.ts";
import { simulator } from "./es/simulator.ts";
import type { Texts } from "./texts.ts";

/** Spanish texts. */
export const es: Texts = { ...shared, home, simulator };
