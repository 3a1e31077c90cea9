import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { META_ERRORS, metaMeaning, sendDecision } from "../../lib/whatsapp/errors.ts";

const ROOT = join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");
/** Numbers in the ranges of Meta's own for WhatsApp, as TypeScript, SQL and documents write them. */
const CODE = /\b13[0-5]_?\d{3}\b/g;

function filesOf(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(ts|tsx|sql|md)$/.test(file))
    .map((file) => `${folder}/${file}`);
}

const codesIn = (file: string): number[] =>
  (read(file).match(CODE) ?? []).map((code) => Number(code.replace("_", "")));

const codes = Object.values(META_ERRORS).map(({ code }) => code);

test("each code stands in the table once", () => {
  expect(new Set(codes).size).toBe(codes.length);
});

test("the product names no code outside the table", () => {
  const files = ["api", "lib", "tools", "host"].flatMap(filesOf);
  const outside = files.filter((file) => file !== "lib/whatsapp/errors.ts");
  expect(outside.filter((file) => codesIn(file).some((code) => codes.includes(code)))).toEqual([]);
});

test.each(["db", "fakes", "web/src", "scripts", "chaos", "docs"])(
  "%s names only codes of the table",
  (folder) => {
    const unknown = filesOf(folder).flatMap((file) =>
      codesIn(file)
        .filter((code) => metaMeaning(code) === null)
        .map((code) => `${file}: ${code}`),
    );
    expect(unknown).toEqual([]);
  },
);

describe("docs/operations.md", () => {
  const rows = [...read("docs/operations.md").matchAll(/^\| `(\w+)` \| ([^|]*\d[^|]*) \|/gm)]
    .map(([, decision = "", cell = ""]) => ({ decision, codes: (cell.match(/\b\d+\b/g) ?? []).map(Number) }))
    .filter(({ decision }) => Object.values(META_ERRORS).some((error) => error.decision === decision));

  test.each(rows)("has the codes of $decision right", ({ decision, codes: listed }) => {
    expect(listed.filter((code) => sendDecision(code, 400) !== decision)).toEqual([]);
  });

  test("leaves none out", () => {
    const listed = rows.flatMap((row) => row.codes);
    const sent = Object.values(META_ERRORS).filter(({ decision }) => decision !== null);
    expect(sent.filter(({ code }) => !listed.includes(code))).toEqual([]);
  });
});

test("docs/runbook.md says for every code what to do", () => {
  const [section = ""] = read("docs/runbook.md").split("## Meta refuses to send")[1]?.split("\n## ") ?? [];
  const listed = (section.match(/\b\d+\b/g) ?? []).map(Number);
  const sent = Object.values(META_ERRORS).filter(({ decision }) => decision !== null);
  expect(sent.filter(({ code }) => !listed.includes(code))).toEqual([]);
  expect(sent.filter(({ meaning, advice }) => meaning === "" || advice === "")).toEqual([]);
});

test("docs/architecture.md has the codes of each effect", () => {
  const rows = [...read("docs/architecture.md").matchAll(/^\| `(\w+)` \| ([\d, ]+) \|/gm)];
  const documented = rows.flatMap(([, effect, cell = ""]) =>
    cell.split(", ").map((code) => [effect, Number(code)]),
  );
  const effects = Object.values(META_ERRORS).filter(({ effect }) => effect !== null);
  expect(documented.sort()).toEqual(effects.map(({ effect, code }) => [effect, code]).sort());
});
