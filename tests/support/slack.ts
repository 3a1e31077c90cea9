import { Hono } from "hono";
import { listen, stopListening } from "../../host/server/listen.ts";

/** A Slack stand-in. */
export interface Slack {
  /** For `SLACK_WEBHOOK_URL`. */
  url: string;
  /** Notifications received, in order. */
  told: string[];
  close(): Promise<void>;
}

/** Starts it on a free port. */
export async function startSlack(): Promise<Slack> {
  const told: string[] = [];
  const app = new Hono();
  app.post("/", async (context) => {
    const { text }: { text: string } = await context.req.json();
    told.push(text);
    return context.text("ok");
  });
  const { server, url } = await listen(app, 0, "127.0.0.1");
  return { url: `${url}/`, told, close: () => stopListening(server) };
}
