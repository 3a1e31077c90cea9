import { Hono } from "hono";
import { listen, stopListening } from "../../host/server/listen.ts";

/** One notification as it came. */
export interface Notified {
  body: Record<string, unknown>;
  raw: string;
  signature: string | null;
}

/** A receiver for `NOTIFY_WEBHOOK_URL`. */
export interface Receiver {
  url: string;
  told: Notified[];
  /** Statuses of the next answers, or none until the gate opens; 200 after them. */
  answers: (number | { hang: Promise<unknown> })[];
  close(): Promise<void>;
}

/** Starts it on a free port. */
export async function startReceiver(): Promise<Receiver> {
  const told: Notified[] = [];
  const answers: Receiver["answers"] = [];
  const app = new Hono();
  app.post("/notify", async (context) => {
    const raw = await context.req.text();
    const signature = context.req.header("x-chasqui-signature") ?? null;
    told.push({ body: JSON.parse(raw), raw, signature });
    const answer = answers.shift() ?? 200;
    if (typeof answer !== "number") await answer.hang;
    return new Response(null, { status: typeof answer === "number" ? answer : 200 });
  });
  const { server, url } = await listen(app, 0, "127.0.0.1");
  return { url: `${url}/notify`, told, answers, close: () => stopListening(server) };
}
