import type { inbox as english } from "../en/console-inbox.ts";

/** Portuguese texts of the console's inbox. */
export const inbox: typeof english = {};
