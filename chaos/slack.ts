import { Hono } from "hono";
import { listen, stopListening } from "../host/server/listen.ts";

/** A Slack stand-in that counts notifications. */
export interface Slack {
  url: string;
  notified(): number;
  /** Runs `act` once, after the next notification arrived and before it is answered. */
  afterNext(act: () => Promise<unknown>): void;
  close(): Promise<void>;
}

/** Starts it on a free port. */
export async function startSlack(): Promise<Slack> {
  let notified = 0;
  let next: (() => Promise<unknown>) | null = null;
  const app = new Hono();
  app.post("/", async (context) => {
    notified += 1;
    const act = next;
    next = null;
    await act?.();
    return context.text("ok");
  });
  const { server, url } = await listen(app, 0, "127.0.0.1");
  return {
    url,
    notified: () => notified,
    afterNext: (act) => {
      next = act;
    },
    close: () => stopListening(server),
  };
}
