import { gzipSync } from "node:zlib";
import { build, type Plugin } from "esbuild";
import { slim } from "./slim.ts";

/** Largest gzipped function that every Vercel plan accepts. https://vercel.com/docs/functions/runtimes/edge#code-size-limit */
export const MAX_GZIP_BYTES = 1024 * 1024;

/** Endpoints that are too heavy for the edge and run in Node instead. */
export const NODE_ENDPOINTS: readonly string[] = ["api/console/[...path].ts", "api/media/read.ts"];

/** Node modules that Vercel's edge runtime provides, and their available names. */
export const EDGE_NODE_MODULES: Record<string, readonly string[] | "all"> = {
  assert: "all",
  async_hooks: ["AsyncLocalStorage", "AsyncResource"],
  buffer: ["Buffer", "constants", "kMaxLength"],
  events: "all",
  util: ["format", "inherits", "promisify", "callbackify", "types"],
};

/** One function as it would be uploaded. */
export interface EdgeBundle {
  /** CommonJS text: exports land in `module.exports`. */
  code: string;
  bytes: number;
  gzipBytes: number;
}

/** An endpoint as it is uploaded for the edge runtime; throws when it imports what that runtime lacks. `asWritten`: with all that it imports. */
export async function bundleEdge(entry: string, { asWritten = false } = {}): Promise<EdgeBundle> {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "cjs",
    platform: "browser",
    conditions: ["edge-light"],
    target: "es2022",
    plugins: asWritten ? [nodeModules] : [nodeModules, slim],
    minify: !asWritten,
    define: { "import.meta.url": '"file:///edge.js"' },
    legalComments: "none",
    logLevel: "silent",
  });
  const [output] = result.outputFiles;
  if (!output) throw new Error(`${entry}: the bundler wrote nothing`);
  const gzipBytes = gzipSync(output.contents, { level: 9 }).length;
  return { code: output.text, bytes: output.contents.length, gzipBytes };
}

/** Maps the few Node modules that exist on the edge to the runtime's own, and refuses all others. */
const nodeModules: Plugin = {
  name: "edge-node-modules",
  setup({ onResolve, onLoad }) {
    const provided = new RegExp(`^(node:)?(${Object.keys(EDGE_NODE_MODULES).join("|")})$`);
    onResolve({ filter: provided }, ({ path }) => ({
      path: path.replace("node:", ""),
      namespace: "edge-node",
    }));
    onLoad({ filter: /.*/, namespace: "edge-node" }, ({ path }) => ({
      contents: `module.exports = globalThis.__edge_node_${path}`,
      loader: "js",
    }));
    onResolve({ filter: /^node:/ }, ({ path, importer }) => ({
      errors: [{ text: `${importer} imports ${path}, which the edge runtime does not have` }],
    }));
  },
};

/** The text of a module that exports a bundle's handler, for the edge runtime itself. */
export function edgeModule({ code }: Pick<EdgeBundle, "code">): string {
  const used = Object.keys(EDGE_NODE_MODULES).filter((name) => code.includes(`__edge_node_${name}`));
  return [
    ...used.map((name) => `import * as ${name} from "node:${name}";`),
    ...used.map((name) => `globalThis.__edge_node_${name} = ${name}.default ?? ${name};`),
    "const module = { exports: {} }, exports = module.exports;",
    code,
    "export default module.exports.default;",
  ].join("\n");
}
