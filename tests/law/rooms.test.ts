import { expect, test } from "vitest";
import { circles, crowdedRooms } from "../../scripts/law/rooms.ts";

const source = (file: string, ...imports: string[]) => ({
  file,
  text: imports.map((specifier) => `import { x } from "${specifier}";`).join("\n"),
});

test("a circle of folders is named, also when no two files import each other", () => {
  const found = circles([
    source("lib/turn/run.ts", "../media/read.ts"),
    source("lib/media/read.ts", "../json/lenient.ts"),
    source("lib/media/other.ts"),
    source("lib/json/lenient.ts"),
    source("lib/json/deep.ts", "../turn/types.ts"),
    source("lib/turn/types.ts"),
  ]);
  expect(found.map(({ rule }) => rule)).toEqual([
    "forms a circle of folders: lib/turn → lib/media → lib/json → lib/turn",
  ]);
});

test("types count: a folder that only names another's types still cannot be read without it", () => {
  const back = { file: "lib/a/y.ts", text: 'import type { B } from "../b/x.ts";' };
  expect(circles([source("lib/b/x.ts", "../a/y.ts"), back])).toHaveLength(1);
});

test("a folder and one inside it can form a circle", () => {
  const found = circles([
    source("lib/a/x.ts", "./b/y.ts"),
    source("lib/a/b/y.ts", "../z.ts"),
    source("lib/a/z.ts"),
  ]);
  expect(found).toHaveLength(1);
});

test("the folders of lib/types are one room", () => {
  const company = source("lib/types/company.ts", "./tools/declared.ts");
  expect(circles([company, source("lib/types/tools/declared.ts", "../company.ts")])).toEqual([]);
});

test("a shared room below two others is no circle", () => {
  const found = circles([
    source("lib/a/x.ts", "../b/y.ts", "../c/z.ts"),
    source("lib/b/y.ts", "../c/z.ts"),
    source("lib/c/z.ts", "./other.ts"),
    source("lib/c/other.ts"),
  ]);
  expect(found).toEqual([]);
});

test("the twenty-first file of a folder is refused, whatever its folders inside hold", () => {
  const files = (count: number) => Array.from({ length: count }, (_, at) => `lib/turn/${at}.ts`);
  expect(crowdedRooms([...files(20), "lib/turn/answer/x.ts"])).toEqual([]);
  expect(crowdedRooms(files(21))).toMatchObject([{ file: "lib/turn", rule: "has 21 files, more than 20" }]);
});
