import type { settings as english } from "../en/console-settings.ts";

/** Portuguese texts of settings, quick replies and ratings. */
export const settings: typeof english = {};
