import { randomBytes } from "node:crypto";
import { lstat, readdir, rename, rm, stat } from "node:fs/promises";
import type { Server } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { makePrivate, makePrivateFolder } from "../machine/private-folder.ts";
import { announce, cannotHoldSockets, codeOf, folderBeside, pipeOf, probe } from "./lock-sockets.ts";

export interface LockOptions {
  /** The thing held, for the error and for those who wait. */
  what: string;
  /** How long to wait for a holder who is about to end. */
  waitMs: number;
  /** Told once, when there is a wait. */
  onWait: (line: string) => void;
}

/** Gives the lock back; does nothing to a lock that others have taken since. */
type Release = () => Promise<void>;

/**
 * Takes what only one living process may hold, marked by sockets in `folder`; gives the function that lets go. A socket
 * takes connections for as long as the process that listens on it lives, whatever its id, its container or the way it
 * ends; so nothing is left to be judged after a crash, a copy or a restart. Throws when it is held for longer than
 * `waitMs`.
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
    await sleep(pauseMs(round));
  }
}

/** The first look comes soon, then five a second; never in step with other starters. */
function pauseMs(round: number): number {
  return Math.min(20 * 2 ** round, 200) * (0.5 + Math.random());
}

/** An earlier version kept the id of its process in a file of this name. */
async function makeFolder(folder: string): Promise<void> {
  const stands = await lstat(folder).catch(() => null);
  if (stands?.isFile()) await rm(folder, { force: true }).catch(() => undefined);
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
 * First puts a socket of its own there, then looks for others: of two who do so at once, the later one to look sees the
 * other. Whoever sees another withdraws, so there are never two holders; names are never used again, so removing a dead
 * one cannot hit a living one.
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

/** Under another name until it listens, since a socket that nobody listens on yet looks dead. */
async function listenIn(folder: string, name: string): Promise<Server> {
  const server = await announce(join(folder, `${name}.new`));
  await rename(join(folder, `${name}.new`), join(folder, name));
  return server;
}

/** The first living holder of a socket there, but for `own`; removes those of the dead. */
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

/** It has this name for an instant only, unless its process was killed in it. */
async function removeLeftover(path: string): Promise<void> {
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
  if (Date.now() - mtimeMs > 60_000) await rm(path, { force: true });
}

/** On Windows the name of a pipe is given to one process at a time, and ends with it. */
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
