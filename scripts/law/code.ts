import { posix } from "node:path";

/** One import of a file. */
export interface Import {
  /** A path from the project's root for relative imports, otherwise the specifier. */
  target: string;
  specifier: string;
  typeOnly: boolean;
  line: number;
}

const IMPORT =
  /^[ \t]*(?:import|export)\s+(?:(?<clause>[^"';]*?)\s*\bfrom\s*)?["'](?<from>[^"'\n]+)["']|\bimport\s*\(\s*["'](?<dynamic>[^"'\n]+)["']/gm;

/** All imports of a file whose comments are blanked: static, re-exports and dynamic ones of a text. */
export function importsOf(file: string, code: string): Import[] {
  return [...code.matchAll(IMPORT)].map((match) => {
    const specifier = match.groups?.from ?? match.groups?.dynamic ?? "";
    const target = specifier.startsWith(".") ? posix.join(posix.dirname(file), specifier) : specifier;
    const typeOnly = /^type\b/.test(match.groups?.clause ?? "");
    return { specifier, target, typeOnly, line: lineAt(code, match.index) };
  });
}

const TOKENS = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

const blank = (text: string): string => text.replace(/[^\n]/g, " ");

/** Line numbers stay: what goes is replaced by spaces. */
export const blankComments = (source: string): string =>
  source.replace(TOKENS, (token) => (/^\/[/*]/.test(token) ? blank(token) : token));

/** Templates stay, since they may hold code; the quotes stay, so that an import is still seen to be of a text. */
export const blankStrings = (code: string): string =>
  code.replace(TOKENS, (token) => (/^["']/.test(token) ? `"${blank(token.slice(1, -1))}"` : token));

/** The line of an index, from 1. */
export const lineAt = (text: string, index: number): number => text.slice(0, index).split("\n").length;
