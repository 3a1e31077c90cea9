import { composeConsole } from "../../lib/compose/console.ts";
import { type Platform, vercel } from "../../lib/compose/platform.ts";
import { createConsole } from "../../lib/console/app.ts";
import { whole } from "../../lib/http/endpoint.ts";

/** Node, because it streams for minutes. */
export const config = { runtime: "nodejs", maxDuration: 300 };

export const create = (platform: Platform) =>
  whole(() => {
    const deps = composeConsole(platform);
    return { log: deps.log, handle: createConsole(deps) };
  });

export default { fetch: create(vercel) };
