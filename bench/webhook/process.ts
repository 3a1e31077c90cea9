import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { z } from "zod";

/** A part of the benchmark in its own process. */
export interface Part {
  url: string;
  pid: number;
  /** Round trips and CPU time so far and memory now, after a collection where Node allows one, once its background work is done. */
  counters(): Promise<Counters>;
  stop(): Promise<void>;
}

const counters = z.object({
  trips: z.number(),
  cpuMs: z.number(),
  heapMb: z.number(),
  residentMb: z.number(),
});
const ready = z.object({ url: z.string() });

/** Totals of a part. */
export type Counters = z.infer<typeof counters>;

/** Starts one part of `child.ts` with these variables besides PATH and HOME. */
export async function startPart(
  part: string,
  address: string,
  environment: Record<string, string>,
  execArgv: readonly string[] = [],
): Promise<Part> {
  const { PATH = "", HOME = "" } = process.env;
  const child = fork(new URL("./child.ts", import.meta.url), [part, address], {
    env: { PATH, HOME, ...environment },
    execArgv: ["--import", "tsx", ...execArgv],
  });
  const { url } = ready.parse(await answerOf(child));
  return {
    url,
    pid: child.pid ?? 0,
    async counters() {
      child.send("counters");
      return counters.parse(await answerOf(child));
    },
    async stop() {
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}

function answerOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`a part of the benchmark ended with ${code}`));
    child.once("exit", ended);
    child.once("message", (message) => {
      child.off("exit", ended);
      resolve(message);
    });
  });
}
