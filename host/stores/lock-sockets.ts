import { createHash } from "node:crypto";
import { mkdir, mkdtemp, realpath, rm, stat, symlink } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { hostname, tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

/** Longest socket address that every system accepts, less the terminating byte. */
const MAX_ADDRESS_BYTES = 100;
/** A busy holder may be too slow to identify itself; it counts as alive. */
const ANSWER_MS = 300;
/** Error codes of file systems without sockets, such as some network mounts. */
const NO_SOCKETS = new Set(["EOPNOTSUPP", "ENOTSUP", "EPERM", "EINVAL", "ENOSYS", "EIO"]);

/** Listens on a new socket and tells each client the id of this process. */
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

/** Finds out which process listens on a socket. Anything but a refused connection counts as alive. */
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

/** Replaces an address that is too long by a temporary link. */
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

/** True for errors of folders that cannot hold sockets. */
export function cannotHoldSockets(error: unknown): boolean {
  return NO_SOCKETS.has(codeOf(error));
}

/** A local folder for the sockets of `folder`. */
export async function folderBeside(folder: string): Promise<string> {
  const { dev, ino } = await stat(folder);
  const beside = join(tmpdir(), `chasqui-${shortHash(`${dev}:${ino}`)}`);
  await mkdir(beside, { recursive: true, mode: 0o700 });
  return beside;
}

/** Name of the Windows pipe for `folder`. */
export async function pipeOf(folder: string): Promise<string> {
  return `\\\\.\\pipe\\chasqui-${shortHash(await realpath(folder))}`;
}

const shortHash = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);

/** The system's code of an error, e.g. `EADDRINUSE`; empty when it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
