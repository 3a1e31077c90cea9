import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type InlineConfig, type Plugin } from "vite";

/** Nothing but the page's own files: no inline script or style, no other origin. */
const contentSecurityPolicy = (more: string): string =>
  `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'${more}; media-src 'self'${more}; ` +
  "connect-src 'self'; base-uri 'none'; form-action 'none'";

/** The console previews what an operator attaches or records (`blob:`) and draws its own favicon (`data:`). */
const PREVIEWS = " blob: data:";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Only in what is built: Vite's own development server needs an inline script.
const policyTag: Plugin = {
  name: "content-security-policy",
  apply: "build",
  transformIndexHtml: (_html, { filename }) => {
    const content = contentSecurityPolicy(filename.endsWith("console.html") ? PREVIEWS : "");
    const attrs = { "http-equiv": "Content-Security-Policy", content };
    return [{ tag: "meta", attrs, injectTo: "head-prepend" }];
  },
};

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
      return [{ tag: "script", attrs, injectTo: "head" }];
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
      rolldownOptions: { input: inputs([pages].flat()) },
    },
  };
}

const inputs = (pages: readonly PageName[]) => ({
  ...Object.fromEntries(pages.map((page) => [page, here(`web/${page}.html`)])),
  ...(pages.includes("console") ? { boot: here("web/src/console/boot.ts") } : {}),
});

export default defineConfig(pageConfig(["index", "console"], here("public")));
