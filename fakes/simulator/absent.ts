import { Hono } from "hono";
import { guardSimulator } from "./guard.ts";
import { problem } from "./inputs.ts";
import type { Simulator } from "./simulator.ts";

/** Replaces the simulator when a real number is connected, where replies to a simulated customer would reach a stranger. */
export function noSimulator(): Simulator {
  const app = new Hono().basePath("/_local");
  app.use(guardSimulator(null));
  app.all("/*", () =>
    problem(
      409,
      "real_number",
      "This bot is connected to a real WhatsApp number: write to it from a phone. Unset WHATSAPP_ACCESS_TOKEN to use the simulator.",
    ),
  );
  return { app: new Hono().route("/", app), refresh: () => undefined };
}
