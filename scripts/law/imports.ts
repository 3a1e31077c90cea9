import { builtinModules } from "node:module";
import { posix } from "node:path";
import { blankComments, blankStrings, type Import, importsOf, lineAt } from "./code.ts";

/** One breach of the import law (docs/architecture.md). */
export interface Violation {
  file: string;
  line: number;
  rule: string;
}

const PRODUCT = ["api", "lib", "tools", "db"];

/** Layers that each layer may import besides itself: api → lib → {tools, db} → types; nothing imports scripts. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  api: ["lib"],
  lib: ["tools", "db"],
  tools: [],
  db: [],
  "db/migrate": [],
  contracts: [],
  web: [],
  host: ["lib", "db", "db/migrate"],
  fakes: ["host", "lib", "tools", "db", "db/migrate", "vite.config.ts"],
  scripts: ["host", "fakes", "lib", "tools", "db", "db/migrate"],
  bench: ["host", "fakes", "lib", "db", "db/migrate", "tests"],
  chaos: ["host", "fakes", "lib", "db", "db/migrate", "tests"],
};

/** Rooms that meet the road of a message in the store and in types only. */
const BESIDE_THE_ROAD = /^lib\/(console|insight|tools)\//;
const ROAD = /^lib\/(turn|webhook)\//;

/** Rooms of `web/src` that every page uses; they know no page. */
const PAGE_PARTS = /^web\/src\/(chat|turn|shared|texts)\//;

/** The runner of the migrations is a tool of the hosts: no endpoint imports it, and it may use Node. */
const layerOf = (path: string): string =>
  path.startsWith("db/migrate/") ? "db/migrate" : (path.split("/")[0] ?? "");

/** The types everything meets at; they hold no code. */
const isTypes = (path: string): boolean => /^(lib\/types|contracts)\//.test(path);

/** Modules that speak to an outside service: only the composition root names them. */
const ADAPTERS = [/^db\//, /^lib\/cache\//, /^lib\/whatsapp\/outbound\/client\.ts$/, /^lib\/adapters\//];
const COMPOSITION = "lib/compose/";

const ENVIRONMENT_READER = "lib/config/env.ts";

const NODE_MODULES = new Set(builtinModules);

/** Names that are not web standards, and code made of text. */
const FORBIDDEN_NAMES: readonly [pattern: RegExp, rule: string][] = [
  [/\bprocess\s*[.[]|\bprocess\.env\b/g, `reads process; only ${ENVIRONMENT_READER} does`],
  [/(?<![.\w])(eval|Function)\s*\(/g, "makes code of text"],
  [/(?<![.\w])(Buffer|require|__dirname|setImmediate)\b\s*[.(]/g, "uses a global of Node"],
];

/** All breaches in one source file; `file` is its path from the project's root, with forward slashes. */
export function violations(file: string, source: string): Violation[] {
  const code = blankComments(source);
  const layer = layerOf(file);
  const found = importsOf(file, code).flatMap((imported) =>
    rulesBroken(file, layer, imported).map((rule) => ({ file, line: imported.line, rule })),
  );
  return PRODUCT.includes(layer) ? [...found, ...forbiddenNames(file, code)] : found;
}

function rulesBroken(file: string, layer: string, { target, specifier, typeOnly }: Import): string[] {
  const broken: string[] = [];
  const isProduct = PRODUCT.includes(layer);
  if (!specifier.startsWith(".")) {
    const isNode = specifier.startsWith("node:") || NODE_MODULES.has(specifier);
    return isProduct && isNode ? [`imports ${specifier}: web standards only`] : [];
  }
  if (!/\.(tsx?|json|css|svg|sql)$/.test(specifier))
    broken.push(`imports ${specifier} without its extension`);
  const other = layerOf(target);
  const allowed = MAY_IMPORT[layer];
  const isSeamType = typeOnly && isTypes(target);
  if (allowed && other !== layer && !allowed.includes(other) && !isSeamType) {
    broken.push(`${layer}/ imports ${target}${isTypes(target) ? " by value, not as types" : ""}`);
  }
  if (layer === "lib" && !file.startsWith(COMPOSITION) && ADAPTERS.some((adapter) => adapter.test(target))) {
    const sameAdapter =
      posix.dirname(file) === posix.dirname(target) && ADAPTERS.some((own) => own.test(file));
    if (!sameAdapter) broken.push(`names the adapter ${target}; only ${COMPOSITION} does`);
  }
  if (BESIDE_THE_ROAD.test(file) && ROAD.test(target))
    broken.push(`imports ${target}: they meet in the store`);
  if (PAGE_PARTS.test(file) && other === "web" && !PAGE_PARTS.test(target))
    broken.push(`imports ${target}, a part of one page`);
  if (isTypes(file) && !typeOnly) broken.push("is types only, but imports a value");
  return broken;
}

function forbiddenNames(file: string, code: string): Violation[] {
  const bare = blankStrings(code);
  const found = FORBIDDEN_NAMES.flatMap(([pattern, rule]) =>
    [...bare.matchAll(pattern)].map(({ index }) => ({ file, line: lineAt(code, index), rule })),
  );
  const computed = [...bare.matchAll(/\bimport\s*\(\s*[^"'\s]/g)];
  const dynamic = computed.map(({ index }) => ({
    file,
    line: lineAt(code, index),
    rule: "imports what it computes",
  }));
  const readsEnvironment = (rule: string): boolean =>
    file === ENVIRONMENT_READER && rule.startsWith("reads process");
  return [...found, ...dynamic].filter(({ rule }) => !readsEnvironment(rule));
}
