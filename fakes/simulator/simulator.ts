import { Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { createFiles } from "./content/files.ts";
import { bubbleContent } from "./content/sent.ts";
import type { Senders } from "./customer-writes.ts";
import { guardSimulator, takeKey } from "./guard.ts";
import { problem } from "./inputs.ts";
import { createLive } from "./live.ts";
import { MEDIA_LIMITS } from "./media-limits.ts";
import type { SimulatorOptions } from "./options.ts";
import { readSnapshot } from "./reads.ts";
import { addRoutes } from "./routes.ts";

const MAX_BODY_BYTES = 64 * 1024;

export interface Simulator {
  /** The routes under `/_local`. */
  app: Hono;
  /** Sends changes to the page; called whenever the bot has finished a request. */
  refresh(): void;
}

/** Backend of the simulator page: writes to the bot as Meta would, and shows its replies and turns. */
export function createSimulator(options: SimulatorOptions): Simulator {
  const { graph, database, phoneNumberId, onError } = options;
  const senders: Senders = new Map();
  const files = createFiles(graph);
  const contentOf = bubbleContent(graph, files.urlOf);
  const snapshot = (phone: string) => readSnapshot(database, phoneNumberId, phone, contentOf);
  const live = createLive(snapshot, onError);
  graph.subscribe((event) => {
    if (event.type !== "typing") return live.refresh();
    const { waMessageId, untilMs } = event;
    const phone = senders.get(waMessageId);
    if (phone !== undefined) live.emit(phone, { name: "typing", data: { waMessageId, untilMs } });
  });

  const app = new Hono().basePath("/_local");
  app.use(guardSimulator(options.key));
  const [file, message] = [limit(MEDIA_LIMITS.document.maxBytes), limit(MAX_BODY_BYTES)];
  app.use((context, next) => (context.req.method === "PUT" ? file : message)(context, next));
  addRoutes(app, { options, live, senders, snapshot, files });
  app.onError((error) => {
    onError(error);
    return problem(500, "internal", "The simulator failed; see the terminal.");
  });
  const root = new Hono().get("/", takeKey(options.key));
  return { app: root.route("/", app), refresh: live.refresh };
}

function limit(maxBytes: number): MiddlewareHandler {
  const onError = () => problem(413, "too_large", `The limit is ${maxBytes / 1024} KB.`);
  return bodyLimit({ maxSize: maxBytes, onError });
}
