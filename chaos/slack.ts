import { Hono } from "hono";
import { listen, stopListening } from "../host/server/listen.ts";

/** A pretend Slack channel that counts what it is told. */
export interface Slack {
  url: string;
  told(): number;
  /** Done once, after the next notice was taken and before it is answered. */
  afterNext(act: () => Promise<unknown>): void;
  close(): Promise<void>;
}

/** Starts it on a free port. */
export async function startSlack(): Promise<Slack> {
  let told = 0;
  let next: (() => Promise<unknown>) | null = null;
  const app = new Hono();
  app.post("/", async (context) => {
    told += 1;
    const act = next;
    next = null;
    await act?.();
    return context.text("ok");
  });
  const { server, url } = await listen(app, 0, "127.0.0.1");
  return {
    url,
    told: () => told,
    afterNext: (act) => {
      next = act;
    },
    close: () => stopListening(server),
  };
}
