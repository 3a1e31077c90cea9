import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from "yaml";

/** A JSON or YAML file as data, with the lines on which its fields stand. */
export interface Located {
  value: unknown;
  /** Line of the field, or of the nearest one around it that stands in the file; from 1. */
  lineOf(path: readonly PropertyKey[]): number;
}

/** Longer files are not read. */
const MOST_CHARACTERS = 2_000_000;

/** Reads a file's text; `format` says which of the two it must be. Throws DocumentError. `firstLine`: where the text begins in its file. */
export function readDocument(text: string, format: "json" | "yaml", firstLine = 1): Located {
  if (text.length > MOST_CHARACTERS)
    throw new DocumentError(firstLine, `is longer than ${MOST_CHARACTERS} characters`);
  const lines = new LineCounter();
  const at = (offset: number): number => lines.linePos(offset).line + firstLine - 1;
  // JSON is YAML too: the same reader tells the lines of both.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, schema: "core" });
  const [wrong] = document.errors;
  if (format === "yaml" && wrong) throw new DocumentError(at(wrong.pos[0]), `is not YAML: ${wrong.message}`);
  const value =
    format === "json"
      ? parsedJson(text, wrong ? at(wrong.pos[0]) : firstLine)
      : document.toJS({ maxAliasCount: 0 });
  return { value, lineOf: (path) => at(startOf(document.contents, path)) };
}

/** A file that is not what it should be, and where. */
export class DocumentError extends Error {
  readonly line: number;
  constructor(line: number, message: string) {
    super(message);
    this.name = "DocumentError";
    this.line = line;
  }
}

function parsedJson(text: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new DocumentError(
      line,
      "is not JSON: look for a missing comma, quote or bracket here or on the line before",
    );
  }
}

/** Where the deepest part of the path begins: a field at its name. */
function startOf(contents: unknown, path: readonly PropertyKey[]): number {
  let node = contents;
  let start = (contents as Node | null)?.range?.[0] ?? 0;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        (item: Pair) => String(isScalar(item.key) ? item.key.value : item.key) === String(key),
      );
      if (!pair) break;
      start = (pair.key as Node | null)?.range?.[0] ?? start;
      node = pair.value;
    } else if (isSeq(node)) {
      const item = node.items[Number(key)] as Node | undefined;
      if (!item) break;
      start = item.range?.[0] ?? start;
      node = item;
    } else break;
  }
  return start;
}
