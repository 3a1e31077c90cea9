/** `npm run simulate -- "hola"`: sends a properly signed webhook; prints the reply and where the time went. */
import { parseArgs } from "node:util";
import { createTeardown } from "../host/machine/lifecycle.ts";
import { loadDotEnv } from "../host/machine/settings.ts";
import { complain, say, sayJson } from "../host/machine/terminal.ts";
import { converse, isDevServer } from "./simulate/client.ts";
import { describe } from "./simulate/print.ts";

const USAGE = `Usage: npm run simulate -- "hola" [--phone 51987654321] [--name Ana] [--url http://127.0.0.1:3000] [--json]

Writes to the bot as a customer. Uses the dev server at --url; without --url, the one at PORT if it runs, otherwise
a temporary bot on loopback.`;
const REPLY_LIMIT_MS = 30_000;

loadDotEnv();
const teardown = createTeardown();

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      phone: { type: "string", default: "51987654321" },
      name: { type: "string", default: "Ana" },
      url: { type: "string" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const text = positionals.join(" ").trim();
  if (text === "" || values.help) {
    say(USAGE);
    return values.help ? 0 : 2;
  }
  const phone = values.phone.replace(/^\+/, "");
  const url = await addressOfBot(values.url?.replace(/\/+$/, ""));
  const conversation = await converse(url, { phone, name: values.name, text }, REPLY_LIMIT_MS);
  if (values.json) sayJson(conversation);
  else say(describe(conversation));
  return 0;
}

async function addressOfBot(given: string | undefined): Promise<string> {
  const url = given ?? `http://127.0.0.1:${process.env.PORT ?? "3000"}`;
  if (await isDevServer(url)) return url;
  if (given !== undefined)
    throw new Error(`No dev server with a simulator answers at ${given}: start one with npm run dev.`);
  complain("No dev server is running; starting a temporary one …");
  // Loaded late, since its databases take longer to load than a running server takes to answer.
  const { startTemporaryDev } = await import("../fakes/temporary.ts");
  return startTemporaryDev(teardown);
}

try {
  process.exitCode = await main();
} catch (error) {
  complain(error);
  process.exitCode = error instanceof TypeError && "code" in error ? 2 : 1;
} finally {
  await teardown.run();
}
