import { type ChildProcess, fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { addCounts, type Failure, noCounts, type Report, runBlock } from "./block.ts";

/** Schedules that one process runs at a time. */
const BLOCK = 250;
const PROGRESS_EVERY = 10_000;

/** Runs `count` schedules with seeds from `seed` on, until one breaks a guarantee; large counts on all processors. */
export function runSchedules(count: number, seed: number): Promise<Report> {
  return count <= BLOCK ? runBlock(count, seed) : runEverywhere(count, seed);
}

async function runEverywhere(count: number, seed: number): Promise<Report> {
  const startedMs = performance.now();
  const report: Report = { schedules: 0, perSecond: 0, counts: noCounts(), failure: null };
  let given = 0;
  const work = async (): Promise<void> => {
    const worker = fork(new URL("./worker.ts", import.meta.url), {
      execArgv: ["--import", import.meta.resolve("tsx")],
      serialization: "advanced",
    });
    try {
      while (given < count && !report.failure) {
        const block = { count: Math.min(BLOCK, count - given), seed: seed + given };
        given += block.count;
        const done = await ask(worker, block);
        addCounts(report.counts, done.counts);
        report.schedules += done.schedules;
        report.failure ??= done.failure && { ...done.failure, after: block.seed - seed + done.failure.after };
        if (report.schedules % PROGRESS_EVERY === 0) console.log(`${report.schedules} schedules`);
      }
    } finally {
      worker.kill();
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return { ...report, perSecond: (report.schedules * 1000) / (performance.now() - startedMs) };
}

function ask(worker: ChildProcess, block: { count: number; seed: number }): Promise<Report> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`a worker of the simulation ended with ${code}`));
    worker.once("exit", ended);
    worker.once("message", (report: Report) => {
      worker.off("exit", ended);
      resolve(report);
    });
    worker.send(block);
  });
}

/** A failure as text. */
export function describeFailure({ seed, after, violation, plan, trace }: Failure): string {
  const { kinds, ...sizes } = plan;
  const plain = JSON.stringify({ ...sizes, kinds: [...kinds] });
  const found = `seed ${seed}, found after ${after} schedules: ${violation}`;
  return [found, `smallest: ${plain}`, ...trace].join("\n  ");
}
