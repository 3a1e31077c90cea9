/** Port of the console: choices of a company's owner. */
import type { Settings } from "../../../contracts/console/settings.ts";

export interface SettingsStore {
  /** As stored; what the owner has not chosen is absent. */
  read(tenantId: string): Promise<unknown>;
  write(tenantId: string, settings: Settings): Promise<void>;
}
