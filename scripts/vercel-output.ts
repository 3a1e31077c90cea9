/** Writes what `vercel build` uploads: the pages, and each endpoint in one file (Build Output API, version 3). */
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { z } from "zod";
import { bundleEdge, edgeModule } from "../fakes/edge/bundle.ts";
import { slim } from "../fakes/edge/slim.ts";
import { endpointFiles } from "../host/server/routes.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const OUTPUT = join(ROOT, ".vercel/output");

/** `export const config` of an endpoint. */
const endpointConfig = z.object({
  runtime: z.enum(["edge", "nodejs"]),
  maxDuration: z.number().optional(),
  regions: z.union([z.string(), z.array(z.string())]).optional(),
});

/** What Vercel adds around the headers and rewrites of `vercel.json`, which it reads itself. */
const ROUTES = [
  { handle: "filesystem" },
  { src: "^/api(/.*)?$", status: 404 },
  { handle: "error" },
  { src: "^(?!/api).*$", status: 404, dest: "/404.html" },
];

/** The version that Vercel runs the build with is that of the project; on other machines the newest that it has. */
const nodeRuntime = (): string => {
  const major = process.versions.node.split(".")[0];
  return `nodejs${process.env.CI && ["22", "24"].includes(major ?? "") ? major : "24"}.x`;
};

/** An endpoint of the Node runtime, in the form in which Vercel's own build describes it. */
const NODE_FUNCTION = {
  handler: "index.js",
  architecture: "x86_64",
  environment: {},
  shouldDisableAutomaticFetchInstrumentation: true,
  launcherType: "Nodejs",
  shouldAddHelpers: true,
  shouldAddSourcemapSupport: true,
  awsLambdaHandler: "",
};

async function writeEdge(entry: string, folder: string): Promise<object> {
  writeFileSync(join(folder, "index.js"), edgeModule(await bundleEdge(entry)));
  return { runtime: "edge", deploymentTarget: "v8-worker", entrypoint: "index.js" };
}

async function writeNode(entry: string, folder: string): Promise<object> {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  await build({
    entryPoints: [entry],
    outfile: join(folder, "index.js"),
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node22",
    plugins: [slim],
    // Packages that are no modules call it.
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
    // Native code that `ws` does without.
    external: ["bufferutil", "utf-8-validate"],
    sourcemap: true,
    legalComments: "none",
    logLevel: "warning",
  });
  return { ...NODE_FUNCTION, runtime: nodeRuntime() };
}

async function writeFunction(file: string): Promise<void> {
  const entry = join(ROOT, "api", file);
  const folder = join(OUTPUT, "functions/api", file.replace(/\.ts$/, ".func"));
  mkdirSync(folder, { recursive: true });
  const endpoint: { config?: unknown } = await import(pathToFileURL(entry).href);
  const { runtime, ...limits } = endpointConfig.parse(endpoint.config);
  const description = await (runtime === "edge" ? writeEdge : writeNode)(entry, folder);
  writeFileSync(join(folder, ".vc-config.json"), JSON.stringify({ ...description, ...limits }));
}

rmSync(OUTPUT, { recursive: true, force: true });
mkdirSync(dirname(OUTPUT), { recursive: true });
for (const file of endpointFiles(join(ROOT, "api"))) await writeFunction(file);
cpSync(join(ROOT, "public"), join(OUTPUT, "static"), { recursive: true });
writeFileSync(join(OUTPUT, "config.json"), JSON.stringify({ version: 3, routes: ROUTES }));
