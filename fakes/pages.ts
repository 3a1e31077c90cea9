import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const project = fileURLToPath(new URL("..", import.meta.url));
const SOURCES = ["web", "vite.config.ts", "package-lock.json", "lib/types", "contracts"];

/** Newest change of a file, or of anything below a folder, in epoch milliseconds; 0 when it does not exist. */
async function newestMs(path: string): Promise<number> {
  const entry = await stat(path).catch(() => null);
  if (!entry?.isDirectory()) return entry?.mtimeMs ?? 0;
  const names = await readdir(path);
  const times = await Promise.all(names.map((name) => newestMs(join(path, name))));
  // A removed file changes only its folder's own time.
  return Math.max(entry.mtimeMs, ...times);
}

/**
 * Builds the simulator and the console (about a second) when their output is missing or older than its sources. `directory` gets
 * the simulator as `index.html`, `console.html` and the assets of both; Vercel never serves it.
 */
export async function preparePages(
  directory: string = join(project, "dist", "simulator"),
): Promise<{ directory: string }> {
  const times = await Promise.all(SOURCES.map((source) => newestMs(join(project, source))));
  const builtMs = await newestMs(join(directory, "index.html"));
  if (builtMs > Math.max(...times)) return { directory };
  const { build } = await import("vite");
  const { pageConfig } = await import("../vite.config.ts");
  await mkdir(dirname(directory), { recursive: true });
  // Built elsewhere and moved as a whole, so that a second `npm run dev` never serves half a page.
  const fresh = await mkdtemp(`${directory}-`);
  try {
    await build({ ...pageConfig(["simulator", "console"], fresh), configFile: false, logLevel: "error" });
    await rename(join(fresh, "simulator.html"), join(fresh, "index.html"));
    // Temporary folders are readable only by their owner.
    await chmod(fresh, 0o755);
    await rm(directory, { recursive: true, force: true });
    await rename(fresh, directory);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return { directory };
}
