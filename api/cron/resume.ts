import { type Platform, vercel } from "../../lib/compose/platform.ts";
import { composeResume } from "../../lib/compose/resume.ts";
import { cronEndpoint } from "../../lib/http/cron.ts";
import { resume } from "../../lib/jobs/resume.ts";

export const config = { runtime: "edge" };

export const create = (platform: Platform) => cronEndpoint("resume", () => composeResume(platform), resume);

export default create(vercel);
