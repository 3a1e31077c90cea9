import { createRequire } from "node:module";
import type { Plugin } from "esbuild";

const { resolve } = createRequire(import.meta.url);

/** Schemas of zod 3, which the AI SDK would take too, and models by name from Vercel's gateway: nothing here uses either. */
const UNUSED: Record<string, string> = {
  "zod/v3": "export const ZodFirstPartyTypeKind = {};",
  "@ai-sdk/gateway": `
    const none = () => { throw new Error("There is no gateway here: give a model, not its name."); };
    export { none as gateway, none as createGateway };
    export class GatewayError extends Error {}
    export class GatewayAuthenticationError extends GatewayError {}`,
};

/** One copy for all: each package of the AI SDK pins a version of its own, a patch apart. */
const SHARED = ["@ai-sdk/provider", "@ai-sdk/provider-utils"];

/** Leaves out what a bundle would carry and never use. */
export const slim: Plugin = {
  name: "slim",
  setup({ onResolve, onLoad }) {
    // Messages of other languages than English, 40 of them; nobody sees zod's messages.
    onLoad({ filter: /\/zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: 'export { default as en } from "./en.js";',
      resolveDir: resolve("zod/v4/locales").replace(/\/[^/]+$/, ""),
    }));
    onResolve({ filter: exactly(Object.keys(UNUSED)) }, ({ path }) => ({ path, namespace: "unused" }));
    onLoad({ filter: /./, namespace: "unused" }, ({ path }) => ({ contents: UNUSED[path] ?? "" }));
    onResolve({ filter: exactly(SHARED) }, ({ path }) => ({ path: resolve(path).replace(/\.js$/, ".mjs") }));
  },
};

const exactly = (names: readonly string[]): RegExp => new RegExp(`^(${names.join("|")})$`);
