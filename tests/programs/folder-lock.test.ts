import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lockFolder } from "../../host/stores/folder-lock.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "chasqui-lock-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const lines: string[] = [];
const take = (path = join(folder, "lock"), waitMs = 0) =>
  lockFolder(path, { what: "the thing", waitMs, onWait: (line) => lines.push(line) });

/** A process of its own that holds the lock until it is killed. */
async function holder(path = join(folder, "lock")) {
  const source = `
    import { lockFolder } from ${JSON.stringify(join(import.meta.dirname, "../../host/stores/folder-lock.ts"))};
    await lockFolder(${JSON.stringify(path)}, { what: "the thing", waitMs: 20_000, onWait() {} });
    console.log("held");
    setInterval(() => {}, 1_000);`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", source], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  await new Promise((resolve) => child.stdout.once("data", resolve));
  return {
    id: child.pid ?? 0,
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
    freeze: () => child.kill("SIGSTOP"),
  };
}

test("is held by one at a time, and says by whom", async () => {
  const release = await take();
  await expect(take()).rejects.toThrow(
    new RegExp(`^the thing is in use by process ${process.pid} on \\S+: stop it, or set CHASQUI_DATA_DIR`),
  );
  await release();
  await (await take())();
  expect(await readdir(join(folder, "lock"))).toEqual([]);
});

test("waits for a holder that is about to end, and says so once", async () => {
  lines.length = 0;
  const release = await take();
  const second = take(undefined, 10_000);
  await expect.poll(() => lines.length).toBe(1);
  expect(lines[0]).toMatch(/^… waiting up to 10 s: the thing is in use by process \d+ on /);
  await release();
  await (await second)();
  expect(lines).toHaveLength(1);
});

test("ends with its holder, however that ends, and not before", async () => {
  const child = await holder();
  await expect(take()).rejects.toThrow(`in use by process ${child.id} on`);
  child.freeze();
  await expect(take()).rejects.toThrow("in use by another process");
  await child.kill();
  await (await take())();
});

test.each(["of this very process", "of a living process", "of no process"])(
  "a file that an earlier version left, with the id %s, does not count",
  async (whose) => {
    const id = { "of this very process": process.pid, "of a living process": process.ppid }[whose] ?? 999_999;
    await writeFile(join(folder, "lock"), String(id));
    await (await take())();
  },
);

test("moves with its folder", async () => {
  await mkdir(join(folder, "a"));
  const release = await take(join(folder, "a", "lock"));
  await rename(join(folder, "a"), join(folder, "b"));
  await expect(take(join(folder, "b", "lock"))).rejects.toThrow("in use by process");
  // The old place is free for another.
  await (await take(join(folder, "a", "lock")))();
  await release();
});

test("is held in a folder with a name longer than the address of a socket", async () => {
  const path = join(folder, "ñ".repeat(60), "x".repeat(120), "lock");
  const release = await take(path);
  await expect(take(path)).rejects.toThrow(`in use by process ${process.pid}`);
  await release();
  await (await take(path))();
});

test("goes to exactly one of many who ask at once, and to each of them in the end", async () => {
  let holders = 0;
  let most = 0;
  const use = async (): Promise<void> => {
    const release = await take(undefined, 30_000);
    most = Math.max(most, ++holders);
    await new Promise(setImmediate);
    holders--;
    await release();
  };
  await Promise.all(Array.from({ length: 8 }, use));
  expect(most).toBe(1);

  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => take(undefined, 500)));
  const taken = outcomes.filter(({ status }) => status === "fulfilled");
  expect(taken).toHaveLength(1);
  for (const outcome of outcomes) if (outcome.status === "fulfilled") await outcome.value();
});
