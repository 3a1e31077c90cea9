/** `npm run doctor`: reports which settings are present or missing, with their fix, and tests each service. */
import { parseArgs } from "node:util";
import { createTeardown } from "../host/machine/lifecycle.ts";
import { loadDotEnv, machineSettings } from "../host/machine/settings.ts";
import { say, sayJson } from "../host/machine/terminal.ts";
import { provideStores } from "../host/stores/stores.ts";
import { examineServices } from "./doctor/examination.ts";
import { isReady, report } from "./doctor/report.ts";
import { readSettings } from "./doctor/settings.ts";

const { values: options } = parseArgs({
  options: { json: { type: "boolean", default: false }, url: { type: "string" } },
});

loadDotEnv();
const { host, port } = machineSettings(process.env);
const botUrl = (options.url ?? `http://${host}:${port}`).replace(/\/+$/, "");

const teardown = createTeardown();
const { environment } = await provideStores(process.env, { embed: false, dataDirectory: null, teardown });
const settings = readSettings(environment);
const services = settings.untouched ? [] : await examineServices(settings, botUrl);
const findings = [...settings.findings, ...services];
const ready = isReady(findings);
if (options.json) sayJson({ ready, findings });
else say(report(findings, settings.untouched));
process.exitCode = ready ? 0 : 1;
await teardown.run();
