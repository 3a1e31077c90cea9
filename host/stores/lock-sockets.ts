import { createHash } from "node:crypto";
import { mkdir, mkdtemp, realpath, rm, stat, symlink } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { hostname, tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

/** The longest address of a socket that every system takes, with room for the end of the string. */
const MAX_ADDRESS_BYTES = 100;
/** A holder that is busy does not say who it is, and is alive all the same. */
const ANSWER_MS = 300;
/** Answers of file systems that hold no sockets, such as some that are mounted from another machine. */
const NO_SOCKETS = new Set(["EOPNOTSUPP", "ENOTSUP", "EPERM", "EINVAL", "ENOSYS", "EIO"]);

/** Listens on a new socket, and says to everybody who connects which process this is. */
export function announce(path: string): Promise<Server> {
  return withShortAddress(path, (address) => {
    const server = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.end(`process ${process.pid} on ${hostname()}`);
    });
    server.unref();
    return new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(address, () => resolve(server));
    });
  });
}

/** Whether a process listens on this socket, and which. Everything but a clear no counts as alive. */
export function probe(path: string): Promise<{ alive: boolean; holder: string }> {
  return withShortAddress(path, (address) => {
    const socket = connect(address).setTimeout(ANSWER_MS).setEncoding("utf8");
    let said = "";
    return new Promise((resolve) => {
      const end = (alive: boolean): void => {
        socket.destroy();
        const known = /^process \d+ on [\w.-]+$/.test(said);
        resolve({ alive, holder: known ? said : "another process" });
      };
      socket.on("data", (text) => {
        said += text;
      });
      socket.on("end", () => end(true));
      socket.on("timeout", () => end(true));
      socket.on("error", (error) => end(!["ECONNREFUSED", "ENOENT"].includes(codeOf(error))));
    });
  });
}

/** The address of a socket is short: a long one is reached through a link, which need not stay. */
async function withShortAddress<T>(path: string, use: (address: string) => Promise<T>): Promise<T> {
  if (process.platform === "win32" || Buffer.byteLength(path) <= MAX_ADDRESS_BYTES) return use(path);
  const links = await mkdtemp(join(tmpdir(), "chasqui-"));
  try {
    await symlink(dirname(path), join(links, "to"));
    return await use(join(links, "to", basename(path)));
  } finally {
    await rm(links, { recursive: true, force: true });
  }
}

/** True when this error says that there can be no socket in such a folder. */
export function cannotHoldSockets(error: unknown): boolean {
  return NO_SOCKETS.has(codeOf(error));
}

/** A folder of this machine that belongs to `folder`, for its sockets. */
export async function folderBeside(folder: string): Promise<string> {
  const { dev, ino } = await stat(folder);
  const beside = join(tmpdir(), `chasqui-${shortHash(`${dev}:${ino}`)}`);
  await mkdir(beside, { recursive: true, mode: 0o700 });
  return beside;
}

/** The name on Windows of the pipe that belongs to `folder`. */
export async function pipeOf(folder: string): Promise<string> {
  return `\\\\.\\pipe\\chasqui-${shortHash(await realpath(folder))}`;
}

const shortHash = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);

/** The system's code of an error, e.g. `EADDRINUSE`; empty when it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
