import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";

/** Loads `.env` from the working directory, if it exists; variables that are already set win. */
export function loadDotEnv(): void {
  if (existsSync(".env")) process.loadEnvFile(".env");
}

/** Settings of this machine rather than of the bot: where to listen, where to store data. */
export interface MachineSettings {
  port: number;
  host: string;
  dataDirectory: string;
  /** `CHASQUI_EMBEDDED=1`: a database or cache that is not configured is embedded. */
  embedded: boolean;
  /** Proxies in front of this server that add to X-Forwarded-For. */
  proxyHops: number;
  /** Period of the resume cron. */
  resumeEveryMs: number;
}

const RESUME_EVERY_MS = z.coerce.number().int().min(100).max(86_400_000).default(10_000);
const PROXY_HOPS = z.coerce.number().int().min(0).max(10).default(0);
const PORT = z.coerce.number().int().min(0).max(65_535).default(3_000);

/** Reads the machine's settings. Throws an error that names the variable and its fix. */
export function machineSettings(environment: NodeJS.ProcessEnv): MachineSettings {
  const port = PORT.safeParse(environment.PORT?.trim() || undefined);
  if (!port.success) throw new Error("PORT is not valid: set it to a number from 0 to 65535, e.g. PORT=3000");
  const resumeEveryMs = RESUME_EVERY_MS.safeParse(environment.RESUME_EVERY_MS?.trim() || undefined);
  if (!resumeEveryMs.success)
    throw new Error(
      "RESUME_EVERY_MS is not valid: set it to milliseconds, 100 to 86400000, or leave it unset",
    );
  const proxyHops = PROXY_HOPS.safeParse(environment.PROXY_HOPS?.trim() || undefined);
  if (!proxyHops.success)
    throw new Error(
      "PROXY_HOPS is not valid: set it to the number of proxies in front of this server, 0 to 10, or leave it unset",
    );
  return {
    port: port.data,
    host: environment.HOST?.trim() || "127.0.0.1",
    dataDirectory: resolve(environment.CHASQUI_DATA_DIR?.trim() || ".data"),
    embedded: environment.CHASQUI_EMBEDDED === "1",
    proxyHops: proxyHops.data,
    resumeEveryMs: resumeEveryMs.data,
  };
}

/** True when the variable has a value; an empty one counts as unset. */
export function isSet(environment: NodeJS.ProcessEnv, name: string): boolean {
  return (environment[name]?.trim() ?? "") !== "";
}
