import type { Log } from "../../telemetry/log.ts";
import type { Sessions } from "../../types/console/access.ts";

/** What the console's routes need. */
export interface ConsoleDeps {
  log: Log;
  sessions: Sessions;
}
