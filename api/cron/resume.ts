import { type Platform, vercel } from "../../lib/compose/platform.ts";
import { composeResume } from "../../lib/compose/resume.ts";
import { cronEndpoint } from "../../lib/http/cron.ts";
import { hopOf } from "../../lib/jobs/chain.ts";
import { indexMessages } from "../../lib/jobs/index-messages.ts";
import { resume } from "../../lib/jobs/resume.ts";
import { rollUp } from "../../lib/jobs/rollup.ts";
import { errorCode } from "../../lib/telemetry/error-code.ts";

export const config = { runtime: "edge" };

export const create = (platform: Platform) =>
  cronEndpoint(
    "resume",
    () => composeResume(platform),
    async (deps, request) => {
      const hop = hopOf(request);
      const resuming = resume(deps);
      // Customers come first, the search and the figures after the response.
      const behind = () => Promise.all([deps.chain.goOn(hop), indexMessages(deps).then(() => rollUp(deps))]);
      if (hop === 0) {
        const resumed = await resuming;
        deps.waitUntil(behind());
        return resumed;
      }
      // Whoever calls a hop does not wait for it. One that failed leaves more for the next.
      const failed = (error: unknown) => deps.log.error("resume.failed", { code: errorCode(error) });
      deps.waitUntil(resuming.catch(failed).then(behind));
      return { hop };
    },
  );

export default create(vercel);
