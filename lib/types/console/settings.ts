/** Port of the console: choices of a company's owner. */
import type { SettingsChange } from "../../../contracts/console/settings.ts";

export interface SettingsStore {
  /** As stored; what the owner has not chosen is absent. */
  read(tenantId: string): Promise<unknown>;
  /** Stores what is named, leaves the rest, and returns all as stored. */
  change(tenantId: string, changes: SettingsChange): Promise<unknown>;
}
