import { cronEndpoint } from "../../lib/compose/cron.ts";
import { resume } from "../../lib/jobs/resume.ts";

export const config = { runtime: "edge" };

export default cronEndpoint("resume", resume);
