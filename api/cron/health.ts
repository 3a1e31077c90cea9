import { watch } from "../../lib/alerts/watch.ts";
import { composeAlerts } from "../../lib/compose/alerts.ts";
import { type Platform, vercel } from "../../lib/compose/platform.ts";
import { cronEndpoint } from "../../lib/http/cron.ts";

export const config = { runtime: "edge" };

export const create = (platform: Platform) => cronEndpoint("health", () => composeAlerts(platform), watch);

export default create(vercel);
