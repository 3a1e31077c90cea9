import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { ChildAnswer, ChildMessage, ChildRequest } from "./child-protocol.ts";

/** A process that answers requests with the endpoint of one file, one at a time. */
export interface Child {
  /** Sends a request; null when the process ends before it answers. */
  ask(request: ChildRequest): Promise<ChildAnswer | null>;
  /** Kills it at once. */
  end(): void;
  /** Resolves true once it can take a request; false when it could not be loaded or has ended. */
  ready: Promise<boolean>;
  /** True when it can take another request. */
  isUsable(): boolean;
}

/** V8's limit, in case the child's own memory watch is too late. */
const HEAP_MB = 512;

/** Starts a child whose memory may grow by `growthBytes` over its idle size. It does not keep this process alive, and ends with it. */
export function startChild(file: string, growthBytes: number, environment: NodeJS.ProcessEnv): Child {
  const process = fork(fileURLToPath(new URL("./child.ts", import.meta.url)), [file, `${growthBytes}`], {
    // The child loads TypeScript, however this process was started.
    execArgv: [`--max-old-space-size=${HEAP_MB}`, "--import", import.meta.resolve("tsx")],
    env: environment,
    serialization: "advanced",
  });
  let usable = true;
  let tell: (answer: ChildAnswer | null) => void = () => {};
  let tellReady: (ready: boolean) => void = () => {};
  const ready = new Promise<boolean>((resolve) => {
    tellReady = resolve;
  });
  const ended = (): void => {
    usable = false;
    tellReady(false);
    tell(null);
  };
  const end = (): void => {
    process.kill("SIGKILL");
    ended();
  };
  process.on("message", (message: ChildMessage) => {
    if ("ready" in message) return tellReady(true);
    tell(message.answer);
    if (message.worn) end();
  });
  process.on("error", ended);
  process.on("exit", ended);
  process.unref();
  process.channel?.unref();
  return {
    ready,
    end,
    isUsable: () => usable,
    ask: (request) =>
      new Promise((resolve) => {
        tell = resolve;
        if (!usable) return resolve(null);
        process.send(request, (error) => {
          if (error) resolve(null);
        });
      }),
  };
}
