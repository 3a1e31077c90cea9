import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import type { Vitest } from "vitest/node";

const PROJECT = join(import.meta.dirname, "../..");

/**
 * Gives tests the compiled modules of the project, which Node loads without Vitest. Not while coverage is measured, which is of
 * the sources, nor while files are watched, which would not be compiled again.
 */
export function compiledModules(): Plugin {
  let vitest: Vitest | null = null;
  return {
    name: "compiled-modules",
    enforce: "pre",
    configureVitest(context) {
      vitest = context.vitest;
    },
    resolveId(asked, importer) {
      if (vitest === null || vitest.config.coverage.enabled || vitest.config.watch) return null;
      const path = pathOf(asked, importer);
      if (!path?.endsWith(".ts")) return null;
      const { folder } = vitest.getProvidedContext().compiled ?? {};
      const compiled = folder && join(folder, relative(PROJECT, path).replace(/\.ts$/, ".mjs"));
      return compiled && existsSync(compiled) ? compiled : null;
    },
  };
}

function pathOf(asked: string, importer: string | undefined): string | null {
  if (asked.startsWith("file:")) return fileURLToPath(asked);
  if (asked.startsWith(".")) return importer === undefined ? null : resolve(dirname(importer), asked);
  return asked.startsWith("/") ? asked : null;
}
