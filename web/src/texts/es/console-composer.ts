import type { composer as english } from "../en/console-composer.ts";

/** Spanish texts of the console's composer. */
export const composer: typeof english = {};
