/** `npm run dev`: everything on this machine, without accounts or keys. */
import { runUntilSignal } from "../host/machine/lifecycle.ts";
import { loadDotEnv, machineSettings } from "../host/machine/settings.ts";
import { say } from "../host/machine/terminal.ts";
import { assertFree } from "../host/server/listen.ts";
import { devCompany } from "./companies/arguments.ts";
import { DEMO_COMPANIES } from "./companies/companies.ts";
import { type Dev, startDev } from "./dev-server.ts";
import { preparePages } from "./pages.ts";
import { createProgress } from "./progress.ts";

/** Address and services, as printed after the start. */
function summary({ url, pageUrl, consoleUrl, services }: Dev, dataDirectory: string): string {
  const width = Math.max(...services.map(({ name }) => name.length));
  const realNumber = services.some(({ name, local }) => name === "WhatsApp" && !local);
  return [
    "",
    `  Chasqui is running: ${pageUrl.replace("//127.0.0.1:", "//localhost:")}`,
    consoleUrl === null
      ? "  Console: npm run operator -- invite <email> --role owner   prints a link (it needs https off this machine)"
      : `  Console, signed in as the owner (works once): ${consoleUrl}`,
    ...(pageUrl === url
      ? []
      : [
          "  From another machine, use the same key with this machine's address. Anyone with the key controls the bot.",
        ]),
    "",
    ...services.map(
      ({ name, local, detail }) => `  ${name.padEnd(width)}  ${local ? "local" : "real "}  ${detail}`,
    ),
    `  ${"data".padEnd(width)}  kept   in ${dataDirectory}`,
    ...(realNumber
      ? [
          "",
          "  Meta must be able to reach this machine: give this port a public https address (a tunnel), and enter",
          "  https://<address>/api/whatsapp/webhook with your WHATSAPP_VERIFY_TOKEN in Meta's webhook settings.",
        ]
      : []),
    "",
    "  Press Ctrl-C to stop.",
    "",
  ].join("\n");
}

const NAMES = Object.keys(DEMO_COMPANIES).join(", ");
const name = devCompany(process.argv.slice(2));
const company = name === null ? undefined : DEMO_COMPANIES[name];
if (!company) {
  say(
    name === "help"
      ? `Usage: npm run dev -- [--company <name>]\n\nStarts everything on this machine. The demo company that answers is one of: ${NAMES} (the first by default).\nEach has a number and conversations of its own.`
      : `There is no such demo company. Usage: npm run dev -- --company <name>, with one of: ${NAMES}\nFor a folder of your own: npm run company -- <folder>, then npm run dev`,
  );
  process.exit(name === "help" ? 0 : 2);
}

await runUntilSignal(async (teardown) => {
  loadDotEnv();
  const { port, host, dataDirectory } = machineSettings(process.env);
  await assertFree(port, host);
  const progress = createProgress(say);
  teardown.add(progress.done);
  const dev = await startDev({
    environment: process.env,
    port,
    host,
    dataDirectory,
    pages: preparePages,
    company,
    demo: true,
    teardown,
    progress: progress.step,
  });
  progress.done();
  say(summary(dev, dataDirectory));
});
