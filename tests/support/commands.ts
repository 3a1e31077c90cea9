import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";
import { endpointFiles } from "../../host/server/routes.ts";

const PROJECT = join(import.meta.dirname, "../..");

/** Programs that tests start in processes of their own. */
const COMMANDS = [
  "host/start.ts",
  ...["company", "dead", "doctor", "handoffs", "migrate", "operator", "simulate"].map(
    (name) => `scripts/${name}.ts`,
  ),
];

/** Packages that read files beside their own code, or that are loaded by name. */
const WITH_FILES = [
  "@electric-sql/pglite",
  "@electric-sql/pglite/*",
  "pg-native",
  "tsx",
  "vite",
  "@vitejs/*",
];
/** For packages in CommonJS. */
const REQUIRE = `import { createRequire as createRequireOfBundle } from "node:module";
const require = createRequireOfBundle(import.meta.url);`;

/** Commands as JavaScript, by their own path: compiling them anew takes two thirds of the time that each run takes. */
export interface BundledCommands {
  files: Record<string, string>;
  /** Module to load before a command, so that its endpoints are those of the bundle. */
  preload: string;
  remove(): void;
}

/** Bundles the commands, and the endpoints that they load, into a folder from which they find the project's packages. */
export async function bundleCommands(): Promise<BundledCommands> {
  const cache = join(PROJECT, "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  const outdir = mkdtempSync(join(cache, "commands-"));
  const endpoints = endpointFiles(join(PROJECT, "api")).map((file) => `api/${file}`);
  await build({
    entryPoints: [...COMMANDS, ...endpoints].map((file) => join(PROJECT, file)),
    ...{ outdir, outbase: PROJECT, bundle: true, splitting: true, format: "esm", platform: "node" },
    ...{ target: "node20", external: WITH_FILES, outExtension: { ".js": ".mjs" } },
    ...{ banner: { js: REQUIRE }, plugins: [ownPlaces], logLevel: "error" },
  });
  const bundled = (file: string) => join(outdir, file.replace(/\.ts$/, ".mjs"));
  return {
    files: Object.fromEntries(COMMANDS.map((file) => [file, bundled(file)])),
    preload: writePreload(
      outdir,
      new Map(endpoints.map((file) => [urlOf(join(PROJECT, file)), urlOf(bundled(file))])),
    ),
    remove: () => rmSync(outdir, { recursive: true, force: true }),
  };
}

const urlOf = (path: string): string => pathToFileURL(path).href;

/** Writes a module that makes imports of the first addresses imports of the second ones. */
function writePreload(folder: string, moved: ReadonlyMap<string, string>): string {
  const hook = `const MOVED = ${JSON.stringify(Object.fromEntries(moved))};
export const resolve = (asked, context, next) => next(MOVED[asked] ?? asked, context);`;
  writeFileSync(join(folder, "hook.mjs"), hook);
  const preload = join(folder, "preload.mjs");
  writeFileSync(preload, `import { register } from "node:module";\nregister("./hook.mjs", import.meta.url);`);
  return urlOf(preload);
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
