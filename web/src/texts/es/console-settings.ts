import type { settings as english } from "../en/console-settings.ts";

/** Spanish texts of settings, quick replies and ratings. */
export const settings: typeof english = {};
