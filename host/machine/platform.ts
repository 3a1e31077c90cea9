import { waitUntil } from "@vercel/functions";
import type { Platform } from "../../lib/compose/platform.ts";
import { parseEnv } from "../../lib/config/env.ts";

/** A machine of one's own as the platform of the endpoints. */
export interface HostPlatform extends Platform {
  /** Passed on to the processes that endpoints get of their own. */
  environment(): NodeJS.ProcessEnv;
}

/** The platform that an environment describes, with what only this process has. */
export function hostPlatform(
  environment: () => NodeJS.ProcessEnv,
  own: Pick<Platform, "database" | "scripts" | "fetch"> = {},
): HostPlatform {
  return { ...own, environment, env: () => parseEnv(environment()), waitUntil };
}
