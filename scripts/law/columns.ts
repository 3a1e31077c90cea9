import { namesIn, withoutComments } from "./sql.ts";

/** SQL functions that change a column of `conversations`, by column. */
export type ColumnWriters = Record<string, string[]>;

/**
 * Columns of `conversations` with the functions that change them: by assignment to a row in memory, or as it is created. Writing such a
 * row back is no change: `savers` names the functions that do.
 */
export function conversationWriters(functions: readonly { file: string; text: string }[]): {
  writers: ColumnWriters;
  savers: string[];
} {
  const writers: ColumnWriters = {};
  const savers: string[] = [];
  for (const { file, text } of functions) {
    const name = file.slice(file.lastIndexOf("/") + 1, -".sql".length);
    const code = withoutComments(text);
    if (/\bupdate\s+conversations\b/.test(code)) savers.push(name);
    for (const column of new Set([...assigned(code), ...inserted(code)])) {
      writers[column] ??= [];
      writers[column].push(name);
    }
  }
  return { writers, savers };
}

/** Columns of rows in memory: fields of the parameters and variables of the table's type. */
function assigned(code: string): string[] {
  const rows = namesIn(code).filter(({ type }) => type === "conversations");
  return rows.flatMap(({ name }) =>
    [...code.matchAll(new RegExp(`\\b${name}\\.(\\w+) *:=`, "g"))].map(([, column = ""]) => column),
  );
}

const inserted = (code: string): string[] =>
  [...code.matchAll(/\binsert\s+into\s+conversations\b[^(]*\(([^)]*)\)/g)].flatMap(([, columns = ""]) =>
    columns.split(",").map((column) => column.trim()),
  );
