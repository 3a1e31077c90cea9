import { waitUntil } from "@vercel/functions";
import type { Platform } from "../../lib/compose/platform.ts";
import { parseEnv } from "../../lib/config/env.ts";
import { createPublicFetch } from "../public-fetch.ts";
import { clientAddress } from "../server/client-address.ts";

/** Platform of the endpoints on a machine of your own. */
export interface HostPlatform extends Platform {
  /** Passed on to endpoints that run in a process of their own. */
  environment(): NodeJS.ProcessEnv;
}

/** The platform described by an environment, with the stores and fetch of this process. */
export function hostPlatform(
  environment: () => NodeJS.ProcessEnv,
  own: Pick<Platform, "database" | "scripts" | "fetch" | "clock" | "passwordRounds" | "isStopping"> = {},
): HostPlatform {
  return {
    ...own,
    environment,
    hasScheduler: true,
    env: () => parseEnv(environment()),
    toolVariable: (name) => (name.startsWith("TOOL_") ? environment()[name] : undefined),
    waitUntil,
    clientAddress,
    publicFetch: createPublicFetch,
  };
}
