import { access } from "./console-access.ts";
import { composer } from "./console-composer.ts";
import { inbox } from "./console-inbox.ts";
import { settings } from "./console-settings.ts";
import { shell } from "./console-shell.ts";

/** English texts of the console. */
export const consoleTexts = { shell, access, inbox, composer, settings };
