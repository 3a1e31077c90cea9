import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import type { TestProject } from "vitest/node";
import { pageConfig } from "../../vite.config.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Folder of the built console. */
    consolePages: string;
  }
}

/** Builds the console once for all files. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "chasqui-console-"));
  // With vitest's own value React would be built for development, which no customer gets.
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = "production";
  await build({ ...pageConfig("console", folder), configFile: false, logLevel: "error" });
  process.env.NODE_ENV = NODE_ENV;
  project.provide("consolePages", folder);
  return () => rm(folder, { recursive: true, force: true });
}
