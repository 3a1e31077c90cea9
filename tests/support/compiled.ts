import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";

const PROJECT = join(import.meta.dirname, "../..");

/** Folders that are compiled whole: their modules are one instance, whoever imports them. */
const FOLDERS = ["api", "contracts", "db", "fakes", "host", "lib", "tools"];

/** Programs that tests start in processes of their own. */
const COMMANDS = [
  ...["company", "dead", "doctor", "handoffs", "intents", "migrate", "operator", "simulate", "tools", "turn"],
].map((name) => `scripts/${name}.ts`);

/** Packages that read files beside their own code, that are loaded by name, or whose settings a test changes. */
const NOT_COMPILED = [
  "@electric-sql/pglite",
  "@electric-sql/pglite/*",
  "@neondatabase/serverless",
  "edge-runtime",
  "esbuild",
  "pg-native",
  "tsx",
  "tsx/*",
  "vite",
  "@vitejs/*",
];
const ENDPOINTS = join(import.meta.dirname, "import-endpoint.ts");
/** For packages in CommonJS. */
const REQUIRE = `import { createRequire as createRequireOfBundle } from "node:module";
const require = createRequireOfBundle(import.meta.url);`;

/** The project as JavaScript that Node loads itself: compiling takes most of the time that a test or a command needs to start. */
export interface Compiled {
  /** `lib/x.ts` of the project is `lib/x.mjs` here. */
  folder: string;
  remove(): void;
}

/** Compiles the project, with the packages that it loads, into a folder from which the others are found. */
export async function compileProject(): Promise<Compiled> {
  const cache = join(PROJECT, "node_modules/.cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "compiled-"));
  await build({
    entryPoints: [...FOLDERS.flatMap(modulesOf), ...endpointsOfTests(), ...COMMANDS].map((file) =>
      join(PROJECT, file),
    ),
    ...{ outdir: folder, outbase: PROJECT, bundle: true, splitting: true, format: "esm", platform: "node" },
    ...{ target: "node20", external: NOT_COMPILED, outExtension: { ".js": ".mjs" }, sourcemap: "linked" },
    ...{ banner: { js: REQUIRE }, plugins: [ownPlaces(folder)], logLevel: "error" },
  });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function modulesOf(folder: string): string[] {
  return readdirSync(join(PROJECT, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => /(?<!\.d)\.ts$/.test(path))
    .map((path) => join(folder, path));
}

/** Endpoints that tests hand to the server. */
const endpointsOfTests = (): string[] =>
  modulesOf("tests").filter((path) => dirname(path).endsWith("endpoints"));

/** Modules find their neighbours by where they stand in the project, and import what is compiled in its place. */
const ownPlaces = (folder: string): Plugin => ({
  name: "own-places",
  setup({ onLoad }) {
    const [from, to] = [PROJECT, folder].map((path) => pathToFileURL(path).href);
    const importEndpoint = `(await import(${JSON.stringify(ENDPOINTS)})).importEndpoint(url, "${from}/", "${to}/")`;
    onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      loader: "ts",
      contents: readFileSync(path, "utf8")
        .replaceAll(/(?<!")import\.meta\.dirname/g, JSON.stringify(dirname(path)))
        .replaceAll(/(?<!")import\.meta\.url/g, JSON.stringify(pathToFileURL(path).href))
        .replaceAll("await import(url)", `await ${importEndpoint}`),
    }));
  },
});
