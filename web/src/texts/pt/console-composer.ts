import type { composer as english } from "../en/console-composer.ts";

/** Portuguese texts of the console's composer. */
export const composer: typeof english = {};
