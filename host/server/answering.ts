import type { HttpBindings } from "@hono/node-server";
import { allDone } from "./request-context.ts";

type Outgoing = HttpBindings["outgoing"];

/** Requests that are being answered. */
export interface Answering {
  begin(outgoing: Outgoing): void;
  /** Says what the answer is: a stream of events ends when its page leaves, so nothing waits for it. */
  answered(outgoing: Outgoing, response: Response): void;
  /** Resolves when no request is being answered. */
  drain(): Promise<void>;
  /** Cuts the streams of events; their pages go on from the last one, elsewhere. */
  cutStreams(): void;
}

/** Keeps track of requests until their answers have left. */
export function createAnswering(): Answering {
  const open = new Map<Outgoing, () => void>();
  const tasks = new Set<Promise<void>>();
  const streams = new Set<Outgoing>();
  return {
    begin(outgoing) {
      if (outgoing.destroyed) return;
      const task: Promise<void> = new Promise<void>((resolve) => {
        open.set(outgoing, resolve);
        outgoing.once("close", resolve);
      }).finally(() => {
        open.delete(outgoing);
        tasks.delete(task);
      });
      tasks.add(task);
    },
    answered(outgoing, { headers }) {
      if (outgoing.destroyed || !headers.get("content-type")?.startsWith("text/event-stream")) return;
      streams.add(outgoing);
      outgoing.once("close", () => streams.delete(outgoing));
      open.get(outgoing)?.();
    },
    drain: () => allDone(tasks),
    cutStreams() {
      for (const outgoing of streams) outgoing.destroy();
    },
  };
}
