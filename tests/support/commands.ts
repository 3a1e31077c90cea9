import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";

const PROJECT = join(import.meta.dirname, "../..");

/** Commands that need nothing compiled while they run. */
const COMMANDS = ["company", "dead", "doctor", "handoffs", "migrate"].map((name) => `scripts/${name}.ts`);

/** Commands as JavaScript, by their own path: compiling them anew takes two thirds of the time that each run takes. */
export interface BundledCommands {
  files: Record<string, string>;
  remove(): void;
}

/** Bundles the commands into a folder from which they find the project's packages. */
export async function bundleCommands(): Promise<BundledCommands> {
  const cache = join(PROJECT, "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  const outdir = mkdtempSync(join(cache, "commands-"));
  await build({
    entryPoints: COMMANDS.map((file) => join(PROJECT, file)),
    ...{ outdir, bundle: true, splitting: true, format: "esm", platform: "node", target: "node20" },
    ...{ packages: "external", outExtension: { ".js": ".mjs" }, plugins: [ownPlaces], logLevel: "error" },
  });
  const files = COMMANDS.map((file) => [file, join(outdir, file.replace(/^scripts\/(.*)\.ts$/, "$1.mjs"))]);
  return {
    files: Object.fromEntries(files),
    remove: () => rmSync(outdir, { recursive: true, force: true }),
  };
}

/** Modules find their neighbours by where they stand in the project, not in the bundle. */
const ownPlaces: Plugin = {
  name: "own-places",
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      loader: "ts",
      contents: readFileSync(path, "utf8")
        .replaceAll("import.meta.dirname", JSON.stringify(dirname(path)))
        .replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href)),
    }));
  },
};
