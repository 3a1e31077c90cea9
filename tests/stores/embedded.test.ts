import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startEmbeddedCache } from "../../local/embedded-cache.ts";
import { startEmbeddedPostgres } from "../../local/embedded-postgres.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "chasqui-data-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("the embedded database", () => {
  test("keeps its data, is held by one process at a time, and is taken over from a dead one", async () => {
    const path = join(folder, "data", "postgres");
    const first = await startEmbeddedPostgres(path);
    await first.database.exec("create table kept (a text); insert into kept values ('here')");
    await expect(startEmbeddedPostgres(path)).rejects.toThrow(`in use by process ${process.pid}`);
    await first.close();

    await writeFile(`${path}.lock`, String(await idOfDeadProcess()));
    const second = await startEmbeddedPostgres(path);
    expect((await second.database.query("select a from kept")).rows).toEqual([{ a: "here" }]);
    await second.close();
    await expect(readFile(`${path}.lock`)).rejects.toThrow("ENOENT");
  });

  test("says what to do when its folder is damaged", async () => {
    const path = join(folder, "postgres");
    await writeFile(path, "not a folder");
    await expect(startEmbeddedPostgres(path)).rejects.toThrow(/move that folder away/);
    await expect(readFile(`${path}.lock`)).rejects.toThrow("ENOENT");
  });
});

function idOfDeadProcess(): Promise<number> {
  const child = spawn(process.execPath, ["-e", ""]);
  return new Promise((resolve) => child.once("exit", () => resolve(child.pid ?? 0)));
}

describe("the embedded cache", () => {
  test("keeps strings and how long they live, and drops what has expired meanwhile", async () => {
    const file = join(folder, "data", "cache.json");
    const first = await startEmbeddedCache(file);
    await first.run(["SET", "for ever", "ñ\n"]);
    await first.run(["SET", "a while", "1", "EX", "100"]);
    await first.run(["SET", "gone", "1", "PX", "1"]);
    await first.close();
    await expect
      .poll(async () => {
        const second = await startEmbeddedCache(file);
        const values = await second.run(["MGET", "for ever", "a while", "gone"]);
        const ttlS = await second.run(["TTL", "a while"]);
        await second.close();
        return [values, Number(ttlS) > 90];
      })
      .toEqual([["ñ\n", "1", null], true]);
  });

  test("begins anew when its file cannot be read", async () => {
    const file = join(folder, "cache.json");
    await writeFile(file, '[["a"');
    const cache = await startEmbeddedCache(file);
    expect(await cache.run(["DBSIZE"])).toBe(0);
    await cache.close();
  });

  test("shares nothing with another one in the same process", async () => {
    const [one, two] = [await startEmbeddedCache(null), await startEmbeddedCache(null)];
    await one.run(["SET", "a", "1"]);
    expect(await two.run(["GET", "a"])).toBeNull();
    await one.close();
    await two.close();
  });

  test("runs commands only", async () => {
    const cache = await startEmbeddedCache(null);
    for (const name of ["constructor", "__proto__", "disconnect", "duplicate", ""])
      await expect(cache.run([name]), name).rejects.toThrow("ERR unknown command");
    await cache.close();
  });
});
