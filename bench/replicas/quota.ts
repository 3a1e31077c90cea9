import { existsSync, mkdirSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = "/sys/fs/cgroup";
const PERIOD_US = 100_000;

/**
 * Gives a process this part of one processor from now on, by Linux's control groups. Returns how to take the limit away, once it has ended.
 * Throws where they cannot be written, as without root.
 */
export function limitProcessor(pid: number, part: number): () => void {
  const first = existsSync(join(ROOT, "cpu"));
  const folder = join(ROOT, first ? "cpu" : "", `chasqui-bench-${pid}`);
  const quota = Math.round(part * PERIOD_US);
  try {
    mkdirSync(folder);
    if (first) {
      writeFileSync(join(folder, "cpu.cfs_period_us"), String(PERIOD_US));
      writeFileSync(join(folder, "cpu.cfs_quota_us"), String(quota));
    } else writeFileSync(join(folder, "cpu.max"), `${quota} ${PERIOD_US}`);
    writeFileSync(join(folder, "cgroup.procs"), String(pid));
  } catch (error) {
    throw new Error(`The benchmark of replicas needs Linux, root and control groups it may write: ${error}`);
  }
  return () => rmdirSync(folder);
}
