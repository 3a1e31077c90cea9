import { type Platform, vercel } from "../../lib/compose/platform.ts";
import { composeResume } from "../../lib/compose/resume.ts";
import { cronEndpoint } from "../../lib/http/cron.ts";
import { indexMessages } from "../../lib/jobs/index-messages.ts";
import { resume } from "../../lib/jobs/resume.ts";
import { rollUp } from "../../lib/jobs/rollup.ts";

export const config = { runtime: "edge" };

export const create = (platform: Platform) =>
  cronEndpoint(
    "resume",
    () => composeResume(platform),
    async (deps) => {
      const resumed = await resume(deps);
      // Customers come first, the search and the figures after the response.
      deps.waitUntil(indexMessages(deps).then(() => rollUp(deps)));
      return resumed;
    },
  );

export default create(vercel);
