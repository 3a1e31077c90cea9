/** `npm start`: the bot from its environment alone, on a machine of your own. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "../lib/config/env.ts";
import { PROJECT_DIRECTORY, startBot } from "./bot.ts";
import { runUntilSignal } from "./machine/lifecycle.ts";
import { keptSecrets } from "./machine/secrets.ts";
import { machineSettings } from "./machine/settings.ts";
import { say } from "./machine/terminal.ts";
import { assertFree } from "./server/listen.ts";
import { shortFetch } from "./short-fetch.ts";
import { isRedis, NO_REST, provideStores } from "./stores/stores.ts";

/** The environment as it will be once the stores run, so that all its problems are reported before anything starts. */
function withStores(environment: NodeJS.ProcessEnv, embedded: boolean): NodeJS.ProcessEnv {
  const provided = { ...environment };
  if (embedded) provided.POSTGRES_URL ||= "postgres://embedded";
  if ((embedded && !provided.KV_REST_API_URL) || isRedis(provided.KV_REST_API_URL ?? "")) {
    provided.KV_REST_API_URL = NO_REST;
    provided.KV_REST_API_TOKEN ||= "embedded";
  }
  return provided;
}

await runUntilSignal(async (teardown) => {
  const { port, host, dataDirectory, embedded, resumeEveryMs, proxyHops } = machineSettings(process.env);
  // This process runs its own crons, so a random secret will do.
  const secrets = await keptSecrets(null, ["CRON_SECRET"]);
  const environment = { ...process.env, CRON_SECRET: process.env.CRON_SECRET || secrets.get("CRON_SECRET") };
  parseEnv(withStores(environment, embedded));
  await assertFree(port, host);

  const where = { embed: embedded, dataDirectory, teardown };
  const stores = await provideStores(environment, { ...where, sockets: true });
  await stores.migrate();
  // The home page exists after `npm run build`.
  const home = join(PROJECT_DIRECTORY, "public");
  const pages = existsSync(home) ? { staticDirectory: home } : {};
  const server = await startBot({
    ...{ port, host, teardown, resumeEveryMs, proxyHops, ...pages },
    environment: stores.environment,
    own: { ...stores.own, fetch: shortFetch },
  });
  say(`Chasqui listens on ${server.url}`);
});
