import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { exists, filesOf, found, read } from "./pages.ts";

const DOCS = ["README.md", "README.es.md", ...filesOf("docs", /\.md$/)];
const FENCE = /^ *```[\s\S]*?^ *```/gm;
/** Files that the reader creates. */
const TO_CREATE = /\bcreate `[^`]+`/gi;
/** A path of this project in backticks, outside of fenced code. */
const PATH =
  /`((?:api|lib|tools|db|host|fakes|contracts|local|scripts|tests|bench|chaos|docs|web|demo|\.ci)\/[\w./-]*|(?:package|tsconfig|biome|vercel|knip)\.json)`/g;
/** A variable that is read by its name. */
const READ = /\b(?:environment|env)\.([A-Z][A-Z0-9_]+)/g;
const RELATIVE_LINK = /\]\((?!https?:|#)([^)\s]+)\)/g;

/** GitHub's names for the headings of a page. */
function anchorsOf(text: string): string[] {
  const headings = found(text.replace(FENCE, ""), /^#+ +(.+)$/gm);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replace(/\s/g, "-"),
  );
}

function isThere(page: string, link: string): boolean {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? page : join(dirname(page), path);
  if (!exists(target)) return false;
  return anchor === undefined || anchorsOf(read(target)).includes(anchor);
}

describe.each(DOCS)("%s", (page) => {
  const text = read(page);

  test("links only to files and headings that exist", () => {
    const links = [...found(text, RELATIVE_LINK), ...found(text, /\]\((#[^)\s]+)\)/g)];
    expect(links.filter((link) => !isThere(page, link))).toEqual([]);
  });

  test("names only files that exist", () => {
    const paths = found(text.replace(FENCE, "").replace(TO_CREATE, ""), PATH);
    expect(paths.filter((path) => !exists(path))).toEqual([]);
  });

  test("names only commands that exist", () => {
    const commands = found(text, /npm run (?:-s )?([a-z][\w:-]*)/g);
    expect(commands.filter((command) => !Object.hasOwn(packageJson.scripts, command))).toEqual([]);
  });
});

test.each(["README.md", "README.es.md"])("%s lists every command", (page) => {
  const text = read(page);
  const run = (script: string) =>
    ["test", "start"].includes(script) ? `npm ${script}` : `npm run ${script}`;
  expect(
    Object.keys(packageJson.scripts)
      .map(run)
      .filter((command) => !text.includes(command)),
  ).toEqual([]);
});

describe("variables", () => {
  const ofTheBot = found(read("lib/config/variables.ts"), /^ {2}([A-Z][A-Z0-9_]+): \[/gm);
  const documented = found(read("docs/configuration.md"), /^\| `([A-Z][A-Z0-9_]*)` \|/gm);
  const inExample = found(read(".env.example"), /^#? ?([A-Z][A-Z0-9_]+)=/gm);

  test.each(["lib/config/variables.ts", "host/machine/settings.ts"])(
    "each one that %s reads is documented",
    (file) => {
      const used = file === "lib/config/variables.ts" ? ofTheBot : found(read(file), READ);
      expect(used.length).toBeGreaterThan(2);
      expect(used.filter((name) => !documented.includes(name))).toEqual([]);
      expect(used.filter((name) => !inExample.includes(name))).toEqual([]);
    },
  );

  test("each one that is documented is read by the code", () => {
    const sources = [
      ...filesOf("host", /\.ts$/),
      ...filesOf("fakes", /\.ts$/),
      ...filesOf("scripts", /\.ts$/),
      ...filesOf("tests", /\.ts$/),
    ];
    const ofTheMachine = sources.flatMap((file) => found(read(file), READ));
    const known = new Set([...ofTheBot, ...ofTheMachine]);
    expect([...documented, ...inExample].filter((name) => !known.has(name))).toEqual([]);
  });

  test("the example file is documented line by line", () => {
    expect(inExample.filter((name) => !documented.includes(name))).toEqual([]);
  });
});

test.each(["README.md", "README.es.md"])("%s starts everything by its 25th line", (page) => {
  const opening = read(page).split("\n").slice(0, 25).join("\n");
  expect(opening).toContain("npm install && npm run dev");
});

test("docs/decisions.md says why each dependency is there", () => {
  const { dependencies, devDependencies } = packageJson;
  const names = Object.keys({ ...dependencies, ...devDependencies }).filter(
    (name) => !name.startsWith("@types/"),
  );
  const decisions = read("docs/decisions.md");
  expect(names.filter((name) => !decisions.includes(`\`${name}\``))).toEqual([]);
});
