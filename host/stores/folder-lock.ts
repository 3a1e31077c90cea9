import { randomBytes } from "node:crypto";
import { lstat, readdir, rename, rm, stat } from "node:fs/promises";
import type { Server } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Backoff, backoffMs } from "../../lib/http/retry.ts";
import { makePrivate, makePrivateFolder } from "../machine/private-folder.ts";
import { announce, cannotHoldSockets, codeOf, folderBeside, pipeOf, probe } from "./lock-sockets.ts";

export interface LockOptions {
  /** The locked thing, as named in messages. */
  what: string;
  /** Time to wait for the holder to end. */
  waitMs: number;
  /** Called once, when there is a wait. */
  onWait: (line: string) => void;
}

/** Short at first, then about 200 ms, with jitter to keep several starters out of step. */
const PAUSES: Backoff = { firstMs: 30, maxMs: 300, jitter: 2 / 3 };

/** Releases the lock; does nothing to a lock that others have taken since. */
type Release = () => Promise<void>;

/**
 * Takes a lock that one living process may hold, marked by sockets in `folder`; returns the function that releases it. A
 * socket accepts connections exactly as long as its process lives, whatever the process id, the container or the way it
 * ends, so a crash, a copy or a restart leaves no stale lock. Throws when the lock stays held for longer than `waitMs`.
 */
export async function lockFolder(folder: string, options: LockOptions): Promise<Release> {
  const { what, waitMs, onWait } = options;
  await makeFolder(folder);
  const take = process.platform === "win32" ? takePipe : takeSocket;
  const startMs = performance.now();
  for (let round = 0; ; round++) {
    const taken = await take(folder);
    if ("release" in taken) return taken.release;
    if (performance.now() - startMs >= waitMs)
      throw new Error(
        `${what} is in use by ${taken.holder}: stop it, or set CHASQUI_DATA_DIR to another folder.`,
      );
    if (round === 0) onWait(`… waiting up to ${waitMs / 1_000} s: ${what} is in use by ${taken.holder}`);
    await sleep(backoffMs(PAUSES, round + 1));
  }
}

/** Earlier versions stored a process id in a file of this name. */
async function makeFolder(folder: string): Promise<void> {
  const found = await lstat(folder).catch(() => null);
  if (found?.isFile()) await rm(folder, { force: true }).catch(() => undefined);
  await makePrivateFolder(folder);
  await makePrivate(folder);
}

type Taken = { release: Release } | { holder: string };

async function takeSocket(folder: string): Promise<Taken> {
  try {
    return await takeSocketIn(folder);
  } catch (error) {
    if (!cannotHoldSockets(error)) throw error;
    return takeSocketIn(await folderBeside(folder));
  }
}

/**
 * Creates its own socket first, then looks for others: of two processes that do so at once, the later one sees the other and
 * withdraws, so there are never two holders. Names are never reused, so removing a dead socket cannot hit a living one.
 */
async function takeSocketIn(folder: string): Promise<Taken> {
  const before = await livingIn(folder, null);
  if (before !== null) return { holder: before };
  const name = `${randomBytes(8).toString("hex")}.sock`;
  const server = await listenIn(folder, name);
  const release = async (): Promise<void> => {
    await closed(server);
    await rm(join(folder, name), { force: true });
  };
  const other = await livingIn(folder, name);
  if (other === null) return { release };
  await release();
  return { holder: other };
}

/** Creates the socket under a temporary name, since it looks dead until it listens. */
async function listenIn(folder: string, name: string): Promise<Server> {
  const server = await announce(join(folder, `${name}.new`));
  await rename(join(folder, `${name}.new`), join(folder, name));
  return server;
}

/** The first living holder of another socket than `own`; removes dead sockets. */
async function livingIn(folder: string, own: string | null): Promise<string | null> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (name.endsWith(".new")) await removeLeftover(path);
    if (!name.endsWith(".sock") || name === own) continue;
    const { alive, holder } = await probe(path);
    if (alive) return holder;
    await rm(path, { force: true });
  }
  return null;
}

/** Removes a temporary socket whose process was killed before the rename. */
async function removeLeftover(path: string): Promise<void> {
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
  if (Date.now() - mtimeMs > 60_000) await rm(path, { force: true });
}

/** Windows: a pipe's name belongs to one process at a time, and ends with it. */
async function takePipe(folder: string): Promise<Taken> {
  const pipe = await pipeOf(folder);
  try {
    const server = await announce(pipe);
    return { release: () => closed(server) };
  } catch (error) {
    if (codeOf(error) !== "EADDRINUSE") throw error;
    return { holder: (await probe(pipe)).holder };
  }
}

async function closed(server: Server): Promise<void> {
  await new Promise((resolve) => server.close(resolve));
}
