import { mkdtemp, readdir, readFile, rm, stat, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { preparePages } from "../../fakes/pages.ts";
import { pageConfig } from "../../vite.config.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "chasqui-pages-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function contents(directory: string): Promise<{ names: string[]; text: string }> {
  const names = await readdir(directory, { recursive: true });
  const files = await Promise.all(
    names
      .filter((name) => /\.(html|js|css|svg)$/.test(name))
      .map((name) => readFile(join(directory, name), "utf8")),
  );
  return { names, text: files.join("\n") };
}

/** Largest initial JavaScript of the console, gzipped: what the inbox needs before it is shown. */
const CONSOLE_LIMIT_BYTES = 130 * 1024;

describe("what Vercel serves", () => {
  let directory: string;
  let chunks: Rolldown.OutputChunk[];
  beforeAll(async () => {
    directory = join(folder, "public");
    const pages = pageConfig(["index", "console"], directory);
    // With vitest's own value React would be built for development.
    vi.stubEnv("NODE_ENV", "production");
    const built = await build({ ...pages, configFile: false, logLevel: "error" });
    vi.unstubAllEnvs();
    const { output } = [built].flat()[0] as Rolldown.RolldownOutput;
    chunks = output.filter((file) => file.type === "chunk");
  });

  it("is the home page and the console, with no trace of the simulator", async () => {
    const { names, text } = await contents(directory);
    expect(names).toEqual(expect.arrayContaining(["index.html", "console.html"]));
    expect(text).toContain("/api/health");
    expect(names.filter((name) => name.includes("simulator"))).toEqual([]);
    expect(text).not.toContain("_local");
  });

  it("asks the server before the console's script is there", async () => {
    const html = await readFile(join(directory, "console.html"), "utf8");
    const boot = chunks.find(({ isEntry, name }) => isEntry && name === "boot");
    expect(html).toContain(`<script type="module" async src="/${boot?.fileName}"></script>`);
    expect(gzippedWithImports([boot], chunks)).toBeLessThan(4 * 1024);
  });

  it("begins the console with at most 130 KB of JavaScript, in few files", async () => {
    const html = await readFile(join(directory, "console.html"), "utf8");
    const begun = chunks.filter(({ fileName }) => html.includes(`"/${fileName}"`));
    // Besides: the texts of the language in which they are longest.
    const languages = ["es", "en", "pt"].map((language) =>
      chunks.filter(({ moduleIds }) =>
        moduleIds.some((id) => id.match(`texts/${language}/(shared|console)\\.ts$`)),
      ),
    );
    const bytes = Math.max(...languages.map((texts) => gzippedWithImports([...begun, ...texts], chunks)));
    console.log(`initial JavaScript of the console: ${(bytes / 1024).toFixed(1)} KB gzipped`);
    expect(html.match(/<(?:script|link)[^>]*\.(?:js|css)"/g)?.length).toBeLessThanOrEqual(8);
    expect(languages.map(({ length }) => length)).toEqual([2, 2, 2]);
    expect(bytes).toBeGreaterThan(60 * 1024);
    expect(bytes).toBeLessThanOrEqual(CONSOLE_LIMIT_BYTES);
  });
});

/** Bytes of chunks and of all that they import from the start, each gzipped by itself as servers do. */
function gzippedWithImports(
  from: (Rolldown.OutputChunk | undefined)[],
  all: readonly Rolldown.OutputChunk[],
): number {
  const needed = new Set<Rolldown.OutputChunk>();
  const add = (chunk: Rolldown.OutputChunk | undefined): void => {
    if (!chunk || needed.has(chunk)) return;
    needed.add(chunk);
    for (const name of chunk.imports) add(all.find(({ fileName }) => fileName === name));
  };
  from.forEach(add);
  return [...needed].reduce((sum, { code }) => sum + gzipSync(code).byteLength, 0);
}

describe("preparePages", () => {
  it("builds once, and again only when a source is newer", async () => {
    const directory = join(folder, "simulator");
    const index = join(directory, "index.html");
    expect(await preparePages(directory)).toEqual({ directory });
    const built = (await stat(index)).ino;
    await preparePages(directory);
    expect((await stat(index)).ino).toBe(built);
    await utimes(index, 0, 0);
    await preparePages(directory);
    expect((await stat(index)).ino).not.toBe(built);
    expect(await readdir(folder)).not.toContainEqual(expect.stringMatching(/^simulator-/));
  });

  it("builds pages with nothing inline and nothing from other sites", async () => {
    const { directory } = await preparePages(join(folder, "simulator"));
    for (const page of ["index.html", "console.html"]) {
      const html = await readFile(join(directory, page), "utf8");
      expect(html).toContain("Content-Security-Policy");
      expect(html).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=|\son\w+=/);
    }
    const { text } = await contents(directory);
    const addresses = text.match(/(?:url\(|src="|href=")(?:https?:)?\/\/[^)"]*/g);
    expect(addresses).toBeNull();
  });
});
