import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { preparePages } from "../../fakes/pages.ts";
import { createTeardown, type Teardown } from "../../host/machine/lifecycle.ts";
import { type Bench, table } from "../table.ts";
import { openPages } from "./pages.ts";
import { readingTables } from "./reading.ts";
import { BARE_PAGE } from "./viewing.ts";
import { startConsole } from "./world.ts";

/**
 * The console: what its pages wait for, and what they cost while they are open. `BENCH_CONVERSATIONS` keeps it to the smaller sizes;
 * `BENCH_OPEN_PAGES=off` leaves the second part out.
 */
const bench: Bench = async () => {
  const pages = process.env.BENCH_OPEN_PAGES === "off" ? "" : `\n\n${table(await openPages())}`;
  const teardown = createTeardown();
  try {
    const world = await startConsole(teardown, await builtPages(teardown));
    return (await readingTables(world, Number(process.env.BENCH_CONVERSATIONS ?? 100_000))) + pages;
  } finally {
    await teardown.run();
  }
};

/** The console's page as it is deployed, and a bare one beside it. */
async function builtPages(teardown: Teardown): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "chasqui-bench-"));
  teardown.add(() => rm(folder, { recursive: true, force: true }));
  await cp((await preparePages()).directory, folder, { recursive: true });
  await writeFile(join(folder, BARE_PAGE), "<!doctype html><title>Bare</title><p class=row>Bare</p>");
  return folder;
}

export default bench;
