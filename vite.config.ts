import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type InlineConfig, type Plugin } from "vite";

/** Nothing but the page's own files: no inline script or style, no other origin. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// Only in what is built: Vite's own development server needs an inline script.
const contentSecurityPolicy: Plugin = {
  name: "content-security-policy",
  apply: "build",
  transformIndexHtml: () => [
    {
      tag: "meta",
      attrs: { "http-equiv": "Content-Security-Policy", content: CONTENT_SECURITY_POLICY },
      injectTo: "head-prepend",
    },
  ],
};

/** Builds one page of `web/` and nothing of the others: what Vercel serves must not hold the simulator. */
export function pageConfig(page: "index" | "simulator", outDir: string): InlineConfig {
  return {
    root: here("web"),
    publicDir: false,
    plugins: [react(), contentSecurityPolicy],
    build: {
      outDir,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      cssTarget: ["chrome123", "firefox121", "safari17.5"],
      modulePreload: { polyfill: false },
      rolldownOptions: { input: here(`web/${page}.html`) },
    },
  };
}

export default defineConfig(pageConfig("index", here("public")));
