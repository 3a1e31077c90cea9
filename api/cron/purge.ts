import { type Platform, vercel } from "../../lib/compose/platform.ts";
import { composePurge } from "../../lib/compose/purge.ts";
import { cronEndpoint } from "../../lib/http/cron.ts";
import { purge } from "../../lib/jobs/purge.ts";

export const config = { runtime: "edge" };

export const create = (platform: Platform) => cronEndpoint("purge", () => composePurge(platform), purge);

export default create(vercel);
