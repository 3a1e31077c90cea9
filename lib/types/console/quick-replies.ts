/** Port of the console: texts that operators send again and again. */
import type { QuickReply } from "../../../contracts/console/settings.ts";

export interface QuickReplies {
  /** By shortcut. */
  list(tenantId: string): Promise<QuickReply[]>;
  /** Writes one, new or changed; false when the company has another with this shortcut, or its most. */
  write(tenantId: string, reply: QuickReply): Promise<boolean>;
  /** False when the company has none with this id. */
  delete(tenantId: string, id: string): Promise<boolean>;
}
