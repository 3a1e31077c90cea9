import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type InlineConfig, type Plugin, type Rolldown } from "vite";

type ChunkingContext = Parameters<Rolldown.CodeSplittingNameFunction>[1];

/** Nothing but the page's own files: no inline script or style, no other origin. `more`: other sources of media; `workers`: of workers. */
const contentSecurityPolicy = (more: string, workers: string): string =>
  `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'${more}; media-src 'self'${more}; ` +
  `connect-src 'self'; worker-src ${workers}; base-uri 'none'; form-action 'none'`;

/** The console previews what an operator attaches or records (`blob:`) and draws its own favicon (`data:`). */
const PREVIEWS = " blob: data:";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Only in what is built: Vite's own development server needs an inline script.
const policyTag: Plugin = {
  name: "content-security-policy",
  apply: "build",
  transformIndexHtml: (_html, { filename }) => {
    const isConsole = filename.endsWith("console.html");
    const content = isConsole
      ? contentSecurityPolicy(PREVIEWS, "'self'")
      : contentSecurityPolicy("", "'none'");
    const attrs = { "http-equiv": "Content-Security-Policy", content };
    return [{ tag: "meta", attrs, injectTo: "head-prepend" }];
  },
};

/** Lets the console show notifications where only a service worker may; its address stays the same in every build. */
const WORKER = { source: "web/src/console/worker.ts", fileName: "console-worker.js" };

/** Asks for what the console's first view shows. */
const BOOT = "web/src/console/boot.ts";

/** Runs what the console's first view waits for at once, not behind the page's own script, which is thirty times as long. */
const bootTag: Plugin = {
  name: "console-boot",
  apply: "build",
  transformIndexHtml: {
    order: "post",
    handler(_html, { filename, bundle = {} }) {
      if (!filename.endsWith("console.html")) return [];
      const boot = Object.values(bundle).find(
        (file) => file.type === "chunk" && file.isEntry && file.name === "boot",
      );
      if (!boot) throw new Error("no chunk of the console's boot.ts");
      const attrs = { type: "module", async: true, src: `/${boot.fileName}` };
      return [{ tag: "script", attrs, injectTo: "head-prepend" }];
    },
  },
};

type PageName = "index" | "console" | "simulator";

/** Builds these pages of `web/` and nothing of the others: what Vercel serves must not hold the simulator. */
export function pageConfig(pages: PageName | readonly PageName[], outDir: string): InlineConfig {
  return {
    root: here("web"),
    publicDir: false,
    plugins: [react(), policyTag, bootTag],
    build: {
      outDir,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      cssTarget: ["chrome123", "firefox121", "safari17.5"],
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: inputs([pages].flat()),
        output: {
          entryFileNames: ({ name }) => (name === "worker" ? WORKER.fileName : "assets/[name]-[hash].js"),
          codeSplitting: {
            includeDependenciesRecursively: false,
            groups: [{ name: chunkNames([pages].flat()) }],
          },
        },
      },
    },
  };
}

/**
 * The console's first view in a few chunks: over HTTP/1.1 a browser fetches six files at a time, and what it asks the server would wait
 * behind twenty. `base` is what other pages share; `early` what `boot.ts` needs.
 */
function chunkNames(pages: readonly PageName[]) {
  let found: { early: Set<string>; start: Set<string>; others: Set<string> } | null = null;
  return (id: string, graph: ChunkingContext): string | null => {
    const from = (entry: string) => reachable(here(entry), graph);
    found ??= {
      early: from(BOOT),
      start: from("web/console.html"),
      others: new Set(
        pages.filter((page) => page !== "console").flatMap((page) => [...from(`web/${page}.html`)]),
      ),
    };
    if (id === here(BOOT)) return null;
    // Helpers of the bundler too, which everything imports.
    if (found.early.has(id) || id.startsWith("\0")) return "early";
    if (!found.start.has(id)) return null;
    return found.others.has(id) ? "base" : "start";
  };
}

/** A module and all that it imports from the start. */
function reachable(entry: string, graph: ChunkingContext): Set<string> {
  const found = new Set([entry]);
  for (const id of found)
    for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
  return found;
}

const inputs = (pages: readonly PageName[]) => ({
  ...Object.fromEntries(pages.map((page) => [page, here(`web/${page}.html`)])),
  ...(pages.includes("console") ? { boot: here(BOOT), worker: here(WORKER.source) } : {}),
});

export default defineConfig(pageConfig(["index", "console"], here("public")));
