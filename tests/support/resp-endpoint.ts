import { createHash } from "node:crypto";
import { type AddressInfo, createServer, type Socket } from "node:net";
import type { CacheEngine, Reply } from "../../host/stores/cache-engine.ts";

/** Redis's own protocol on loopback, in front of any engine: for machines without a Redis. */
export interface RespEndpoint {
  port: number;
  /** Names of the commands that came in, in their order. */
  readonly commands: string[];
  /** As after a restart: no script is known. */
  forgetScripts(): void;
  close(): Promise<void>;
}

/** Knows what a client sends that runs scripts: each command is an array of strings. */
export async function startRespEndpoint(engine: CacheEngine): Promise<RespEndpoint> {
  const scripts = new Map<string, string>();
  const commands: string[] = [];
  const sockets = new Set<Socket>();
  const run = async ([name = "", first = "", ...rest]: string[]): Promise<Reply> => {
    commands.push(name.toUpperCase());
    if (name === "info") return "redis_version:7.0.0\r\nloading:0\r\n";
    if (name === "client") return "OK";
    if (name === "eval") scripts.set(createHash("sha1").update(first).digest("hex"), first);
    if (name !== "evalsha") return engine.run([name, ...(first === "" ? [] : [first]), ...rest]);
    const script = scripts.get(first);
    if (script === undefined) throw new Error("NOSCRIPT No matching script. Please use EVAL.");
    return engine.run(["eval", script, ...rest]);
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).once("close", () => sockets.delete(socket));
    let unread = "";
    let last: Promise<unknown> = Promise.resolve();
    socket.setEncoding("latin1").on("data", (chunk) => {
      unread += chunk;
      for (let next = take(unread); next; next = take(unread)) {
        const { words } = next;
        unread = unread.slice(next.length);
        last = last.then(() => run(words).then(encode, refusal)).then((text) => socket.write(text));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    commands,
    forgetScripts: () => scripts.clear(),
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** The first whole command in `text` (bytes as latin1), and how long it is there; null when it is not whole yet. */
function take(text: string): { words: string[]; length: number } | null {
  const head = /^\*(\d+)\r\n/.exec(text);
  if (!head) return null;
  const words: string[] = [];
  let at = head[0].length;
  while (words.length < Number(head[1])) {
    const size = /^\$(\d+)\r\n/.exec(text.slice(at, at + 16));
    if (!size) return null;
    const from = at + size[0].length;
    at = from + Number(size[1]) + 2;
    if (text.length < at) return null;
    words.push(Buffer.from(text.slice(from, at - 2), "latin1").toString());
  }
  return { words, length: at };
}

function encode(reply: Reply): string {
  if (reply === null) return "$-1\r\n";
  if (typeof reply === "number") return `:${reply}\r\n`;
  if (Array.isArray(reply)) return `*${reply.length}\r\n${reply.map(encode).join("")}`;
  return `$${Buffer.byteLength(reply)}\r\n${reply}\r\n`;
}

const refusal = (error: unknown): string => `-${error instanceof Error ? error.message : "ERR"}\r\n`;
