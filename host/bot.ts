import { join } from "node:path";
import type { Hono } from "hono";
import { parseEnv } from "../lib/config/env.ts";
import { errorCode } from "../lib/telemetry/error-code.ts";
import { createLog, type Log } from "../lib/telemetry/log.ts";
import type { Teardown } from "./machine/lifecycle.ts";
import { hostPlatform } from "./machine/platform.ts";
import { isSet } from "./machine/settings.ts";
import { startScheduler } from "./scheduler.ts";
import { routesOf } from "./server/routes.ts";
import { type RunningServer, serve } from "./server/server.ts";
import { warmUp } from "./warm-up.ts";

export interface BotOptions {
  environment: NodeJS.ProcessEnv;
  /** The stores and the fetch of this process. */
  own?: Parameters<typeof hostPlatform>[1];
  port: number;
  host: string;
  teardown: Teardown;
  /** 0 when absent. */
  proxyHops?: number;
  /** 10 s when absent. */
  resumeEveryMs?: number;
  extra?: Hono;
  staticDirectory?: string;
  /** Called when a request and its background work are done. */
  onSettled?: () => void;
}

/** Period of the resume cron; Vercel's crons run once a minute at most. */
const RESUME_EVERY_MS = 10_000;
/** Period of the watch that raises alerts; the first run waits until a start has been warmed up. */
const HEALTH_EVERY_MS = 60_000;
const FIRST_HEALTH_AFTER_MS = 15_000;
/** As in vercel.json; the first run waits until the start is over. */
const PURGE_EVERY_MS = 86_400_000;
const FIRST_PURGE_AFTER_MS = 5 * 60_000;

/** The project's root, from which `api/` and `vercel.json` are served. */
export const PROJECT_DIRECTORY = join(import.meta.dirname, "..");

/** Serves the bot and runs its crons. Throws ConfigurationError. */
export async function startBot(options: BotOptions): Promise<RunningServer> {
  const { environment, teardown, port, host } = options;
  const env = parseEnv(environment);
  const log = createLog(env.LOG_LEVEL);
  let url = "";
  // PDFs are read over this server's own address, which is known once it listens.
  const withAddress = () =>
    isSet(environment, "PUBLIC_URL") ? environment : { ...environment, PUBLIC_URL: url };
  let stopping = false;
  const platform = hostPlatform(withAddress, { ...options.own, isStopping: () => stopping });
  const server = await serve({
    port,
    host,
    proxyHops: options.proxyHops ?? 0,
    projectDirectory: PROJECT_DIRECTORY,
    routes: routesOf(join(PROJECT_DIRECTORY, "api"), platform),
    onError: (error, requestId) =>
      log.error("request.failed", { code: errorCode(error), frames: framesOf(error), request_id: requestId }),
    ...(options.extra ? { extra: options.extra } : {}),
    ...(options.staticDirectory ? { staticDirectory: options.staticDirectory } : {}),
    ...(options.onSettled ? { onSettled: options.onSettled } : {}),
  });
  teardown.add(server.close);
  // Before the server waits for what is in progress.
  teardown.add(() => {
    stopping = true;
  });
  url = `http://${loopback(host)}:${server.port}`;
  await warmUp(url, platform);
  if (env.CRON_SECRET) startCrons(url, env.CRON_SECRET, options, log);
  return server;
}

function startCrons(url: string, secret: string, { teardown, resumeEveryMs }: BotOptions, log: Log): void {
  const crons = [
    { name: "resume", everyMs: resumeEveryMs ?? RESUME_EVERY_MS },
    { name: "health", everyMs: HEALTH_EVERY_MS, firstAfterMs: FIRST_HEALTH_AFTER_MS },
    { name: "purge", everyMs: PURGE_EVERY_MS, firstAfterMs: FIRST_PURGE_AFTER_MS },
  ];
  for (const { name, ...times } of crons) {
    const onError = (problem: unknown) => log.error(`${name}.failed`, { code: errorCode(problem) });
    const scheduler = startScheduler({ ...times, url: `${url}/api/cron/${name}`, secret, onError });
    teardown.add(scheduler.stop);
  }
}

/** First stack frames of an error; its message may hold a customer's words. */
function framesOf(error: unknown): string[] {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  return stack
    .split("\n")
    .filter((line) => line.startsWith("    at "))
    .slice(0, 5)
    .map((line) => line.trim());
}

/** Address at which this machine reaches a server that listens on `host`. */
export function loopback(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}
