import { existsSync } from "node:fs";

/** Imports an endpoint of the project as it was compiled into a folder, and any other by tsx. */
export async function importEndpoint(url: string, project: string, folder: string): Promise<unknown> {
  const compiled = url.replace(project, folder).replace(/\.ts$/, ".mjs");
  if (existsSync(new URL(compiled))) return import(compiled);
  const { tsImport } = await import("tsx/esm/api");
  return tsImport(url, url);
}
