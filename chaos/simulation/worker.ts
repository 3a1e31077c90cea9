import { runBlock } from "./block.ts";

// Runs the blocks of schedules it is given, one after another, until its parent is gone.
process.on("disconnect", () => process.exit());
process.on("message", async ({ count, seed }: { count: number; seed: number }) => {
  process.send?.(await runBlock(count, seed));
});
