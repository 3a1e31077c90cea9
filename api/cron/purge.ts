import { cronEndpoint } from "../../lib/cron.ts";
import { purge } from "../../lib/purge.ts";

export const config = { runtime: "edge" };

export default cronEndpoint("purge", purge);
