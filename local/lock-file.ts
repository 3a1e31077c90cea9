import { readFile, rm, writeFile } from "node:fs/promises";

/**
 * Takes a file that only one living process may hold; gives the function that lets go. `what` names the thing held,
 * for the error that is thrown when another process has it. The file of a dead process is taken over.
 */
export async function lockFile(path: string, what: string): Promise<() => Promise<void>> {
  const create = () => writeFile(path, String(process.pid), { flag: "wx" });
  try {
    await create();
  } catch {
    const holder = Number(await readFile(path, "utf8").catch(() => ""));
    if (holder > 0 && isAlive(holder))
      throw new Error(
        `${what} is in use by process ${holder}: stop it, or set CHASQUI_DATA_DIR to another folder. (If that process is not Chasqui, delete ${path}.)`,
      );
    await rm(path, { force: true });
    await create();
  }
  return () => rm(path, { force: true });
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // Not ours to signal, but there.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
