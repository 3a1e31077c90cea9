import { builtinModules } from "node:module";
import { posix } from "node:path";

/** One breach of the import law (docs/architecture.md). */
export interface Violation {
  file: string;
  line: number;
  rule: string;
}

interface Import {
  /** A path from the project's root for relative imports, otherwise the specifier. */
  target: string;
  specifier: string;
  typeOnly: boolean;
  line: number;
}

const PRODUCT = ["api", "lib", "tools", "db"];

/** Layers that each layer may import besides itself: api → lib → {tools, db} → types; hosts and stand-ins are free. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  api: ["lib"],
  lib: ["tools", "db"],
  tools: [],
  db: [],
  "db/migrate": [],
  web: [],
  contracts: [],
};

/** The runner of the migrations is a tool of the hosts: no endpoint imports it, and it may use Node. */
const layerOf = (path: string): string =>
  path.startsWith("db/migrate/") ? "db/migrate" : (path.split("/")[0] ?? "");

/** Types that every layer may import; they hold no code. */
const isTypes = (path: string): boolean => /^(lib\/types|contracts)\//.test(path);

/** Layers that may import pages; the server never does. */
const MAY_IMPORT_WEB = ["web", "tests"];

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
  if (other === "web" && !MAY_IMPORT_WEB.includes(layer) && !allowed) broken.push(`imports ${target}`);
  if (layer === "lib" && !file.startsWith(COMPOSITION) && ADAPTERS.some((adapter) => adapter.test(target))) {
    const sameAdapter =
      posix.dirname(file) === posix.dirname(target) && ADAPTERS.some((own) => own.test(file));
    if (!sameAdapter) broken.push(`names the adapter ${target}; only ${COMPOSITION} does`);
  }
  if (isTypes(file) && !typeOnly) broken.push("is types only, but imports a value");
  return broken;
}

const IMPORT =
  /^[ \t]*(?:import|export)\s+(?:(?<clause>[^"';]*?)\s*\bfrom\s*)?["'](?<from>[^"'\n]+)["']|\bimport\s*\(\s*["'](?<dynamic>[^"'\n]+)["']/gm;

function importsOf(file: string, code: string): Import[] {
  return [...code.matchAll(IMPORT)].map((match) => {
    const specifier = match.groups?.from ?? match.groups?.dynamic ?? "";
    const target = specifier.startsWith(".") ? posix.join(posix.dirname(file), specifier) : specifier;
    const typeOnly = /^type\b/.test(match.groups?.clause ?? "");
    return { specifier, target, typeOnly, line: lineAt(code, match.index) };
  });
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

const TOKENS = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

const blank = (text: string): string => text.replace(/[^\n]/g, " ");

/** Line numbers stay: what goes is replaced by spaces. */
const blankComments = (source: string): string =>
  source.replace(TOKENS, (token) => (/^\/[/*]/.test(token) ? blank(token) : token));

/** Templates stay, since they may hold code; the quotes stay, so that an import is still seen to be of a text. */
const blankStrings = (code: string): string =>
  code.replace(TOKENS, (token) => (/^["']/.test(token) ? `"${blank(token.slice(1, -1))}"` : token));

const lineAt = (text: string, index: number): number => text.slice(0, index).split("\n").length;
