import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { keptSecrets } from "../../host/machine/secrets.ts";
import { startEmbeddedCache } from "../../host/stores/embedded-cache.ts";
import { startEmbeddedPostgres } from "../../host/stores/embedded-postgres.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "chasqui-data-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("the embedded database", () => {
  test("is made anew when the start that made it was cut off; keeps its data, for its owner alone, held by one process at a time", async () => {
    const path = join(folder, "data", "postgres");
    await mkdir(path, { recursive: true });
    await writeFile(join(path, "PG_VERSION"), "18");
    await writeFile(`${path}.unfinished`, "");
    const first = await startEmbeddedPostgres(path);
    await first.database.exec("create table kept (a text); insert into kept values ('here')");
    await expect(startEmbeddedPostgres(path, 0)).rejects.toThrow(`in use by process ${process.pid}`);
    await first.close();
    expect(await readdir(join(folder, "data"))).toEqual(["postgres", "postgres.lock"]);
    expect(await openToOthers(join(folder, "data"))).toEqual([]);

    for (const name of ["postgres", "postgres.lock"]) await chmod(join(folder, "data", name), 0o777);
    const second = await startEmbeddedPostgres(path);
    expect((await second.database.query("select a from kept")).rows).toEqual([{ a: "here" }]);
    await second.close();
    expect(await readdir(`${path}.lock`)).toEqual([]);
    expect(await openToOthers(join(folder, "data"))).toEqual([]);
  });

  test("says what to do when its folder is damaged", async () => {
    const path = join(folder, "postgres");
    await writeFile(path, "not a folder");
    await expect(startEmbeddedPostgres(path)).rejects.toThrow(/holds no database.*move that folder away/);
    expect(await readdir(`${path}.lock`)).toEqual([]);
  });
});

/** Entries of a folder whose mode gives access to anyone but the owner. */
async function openToOthers(directory: string): Promise<string[]> {
  const names = await readdir(directory);
  const modes = await Promise.all(names.map(async (name) => (await stat(join(directory, name))).mode));
  return names.filter((_, index) => ((modes[index] ?? 0) & 0o077) !== 0);
}

test("secrets and the cache are for their owner alone, also those that were there before", async () => {
  const data = join(folder, "data");
  for (const start of ["the first", "a later"]) {
    await keptSecrets(data, ["A", start]);
    await (await startEmbeddedCache(join(data, "cache.json"))).close();
    expect(await openToOthers(folder), start).toEqual([]);
    expect(await openToOthers(data), start).toEqual([]);
    for (const name of await readdir(data)) await chmod(join(data, name), 0o666);
  }
  await keptSecrets(data, ["A"]);
  await startEmbeddedCache(join(data, "cache.json"));
  expect(await openToOthers(data)).toEqual([]);
});

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
