import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { SimState } from "../web/src/api.ts";
import { agentWrites } from "./simulator/agent.ts";
import { forget } from "./simulator/changes.ts";
import { customerWrites, type Senders } from "./simulator/customer-writes.ts";
import { DEMO_CUSTOMERS } from "./simulator/customers.ts";
import { eventStream } from "./simulator/event-stream.ts";
import { refuseOtherSites } from "./simulator/guard.ts";
import { INPUTS, problem, read } from "./simulator/inputs.ts";
import { createLive } from "./simulator/live.ts";
import type { SimulatorOptions } from "./simulator/options.ts";
import { readCompany, readSnapshot } from "./simulator/reads.ts";
import { TARGETS } from "./simulator/targets.ts";

const MAX_BODY_BYTES = 64 * 1024;

export interface Simulator {
  /** The routes under `/_local`. */
  app: Hono;
  /** To be called when the bot has finished something: the page is told what is new. */
  refresh(): void;
}

/** The backend of the simulator page: writes to the bot as Meta would, and shows what the bot did. */
export function createSimulator(options: SimulatorOptions): Simulator {
  const { graph, database, phoneNumberId, onError } = options;
  const senders: Senders = new Map();
  const snapshot = (phone: string) => readSnapshot(database, phoneNumberId, phone);
  const live = createLive(snapshot, onError);
  graph.subscribe((event) => {
    const phone = event.type === "typing" ? senders.get(event.waMessageId) : undefined;
    if (event.type !== "typing") live.refresh();
    else if (phone !== undefined)
      live.emit(phone, { name: "typing", data: { waMessageId: event.waMessageId, untilMs: event.untilMs } });
  });

  const app = new Hono().basePath("/_local");
  app.use(refuseOtherSites());
  app.use(bodyLimit({ maxSize: MAX_BODY_BYTES, onError: () => problem(413, "too_large", "At most 64 KB.") }));
  app.get("/state", async (context) => {
    const input = await read(context, INPUTS.user);
    if (input instanceof Response) return input;
    const { conversationId: _own, ...rest } = await snapshot(input.user);
    const company = await readCompany(database, phoneNumberId);
    const customers = [...DEMO_CUSTOMERS];
    return context.json<SimState>({ company, model: options.model, targets: TARGETS, customers, ...rest });
  });
  app.get("/events", eventStream(live));
  app.post("/send", customerWrites(options, senders));
  app.post("/agent", agentWrites(options, snapshot));
  app.post("/handback", async (context) => {
    const input = await read(context, INPUTS.user);
    if (input instanceof Response) return input;
    const { conversationId } = await snapshot(input.user);
    if (conversationId !== null) await options.handBack(conversationId);
    live.refresh();
    return context.json({});
  });
  app.post("/reset", async (context) => {
    const input = await read(context, INPUTS.user);
    if (input instanceof Response) return input;
    await forget(database, phoneNumberId, input.user);
    live.refresh();
    return context.json({});
  });
  app.all("/*", () => problem(404, "not_found", "The simulator has nothing at this address."));
  app.onError((error) => {
    onError(error);
    return problem(500, "internal", "The simulator could not do this; the terminal says why.");
  });
  return { app: new Hono().route("/", app), refresh: () => live.refresh() };
}
