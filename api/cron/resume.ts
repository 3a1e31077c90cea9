import { cronEndpoint } from "../../lib/cron.ts";
import { resume } from "../../lib/resume.ts";

export const config = { runtime: "edge" };

export default cronEndpoint("resume", resume);
