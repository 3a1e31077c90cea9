/** Port of the console: the templates of a business number. */
import type { TemplatesView } from "../../../contracts/console/settings.ts";

export interface Templates {
  /** All templates of the account to which this number belongs, with Meta's status; a minute old at most. Never throws. */
  list(phoneNumberId: string): Promise<TemplatesView>;
}
