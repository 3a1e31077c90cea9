import { type Platform, vercel } from "../../lib/compose/platform.ts";
import { composeResume } from "../../lib/compose/resume.ts";
import { cronEndpoint } from "../../lib/http/cron.ts";
import { resume } from "../../lib/jobs/resume.ts";
import { rollUp } from "../../lib/jobs/rollup.ts";

export const config = { runtime: "edge" };

export const create = (platform: Platform) =>
  cronEndpoint(
    "resume",
    () => composeResume(platform),
    async (deps) => {
      const resumed = await resume(deps);
      // Customers come first, figures after the response.
      deps.waitUntil(rollUp(deps));
      return resumed;
    },
  );

export default create(vercel);
