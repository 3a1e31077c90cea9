import { cronEndpoint } from "../../lib/compose/cron.ts";
import { purge } from "../../lib/jobs/purge.ts";

export const config = { runtime: "edge" };

export default cronEndpoint("purge", purge);
