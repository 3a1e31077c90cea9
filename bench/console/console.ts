import { createTeardown } from "../../host/machine/lifecycle.ts";
import { type Bench, table } from "../table.ts";
import { openPages } from "./pages.ts";
import { readingTable } from "./reading.ts";
import { startConsole } from "./world.ts";

/** The console: what its pages wait for, and what they cost while they are open. `BENCH_CONVERSATIONS` keeps it to the smaller sizes. */
const bench: Bench = async () => {
  const pages = table(await openPages());
  const teardown = createTeardown();
  try {
    const world = await startConsole(teardown);
    const reading = await readingTable(world, Number(process.env.BENCH_CONVERSATIONS ?? 100_000));
    return `${reading}\n\n${pages}`;
  } finally {
    await teardown.run();
  }
};

export default bench;
