import { mkdtemp, readdir, readFile, rm, stat, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

describe("what Vercel serves", () => {
  it("is the home page alone, with no trace of the simulator", async () => {
    const directory = join(folder, "public");
    await build({ ...pageConfig("index", directory), configFile: false, logLevel: "error" });
    const { names, text } = await contents(directory);
    expect(names).toContain("index.html");
    expect(text).toContain("/api/health");
    expect(names.filter((name) => name.includes("simulator"))).toEqual([]);
    expect(text).not.toContain("_local");
  });
});

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

  it("builds a page with nothing inline and nothing from other sites", async () => {
    const { directory } = await preparePages(join(folder, "simulator"));
    const html = await readFile(join(directory, "index.html"), "utf8");
    expect(html).toContain("Content-Security-Policy");
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=|\son\w+=/);
    const { text } = await contents(directory);
    const addresses = text.match(/(?:url\(|src="|href=")(?:https?:)?\/\/[^)"]*/g);
    expect(addresses).toBeNull();
  });
});
