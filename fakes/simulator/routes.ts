import type { Handler, Hono } from "hono";
import type { SimState } from "../../contracts/simulator.ts";
import { deleteCustomer } from "./changes.ts";
import type { Files } from "./content/files.ts";
import { customerWrites, type Senders } from "./customer-writes.ts";
import { DEMO_CUSTOMERS } from "./customers.ts";
import { eventStream } from "./event-stream.ts";
import { linkedFile, storedFile, uploads } from "./file-routes.ts";
import { INPUTS, problem, read } from "./inputs.ts";
import type { Live } from "./live.ts";
import { MEDIA_LIMITS } from "./media-limits.ts";
import { operatorWrites } from "./operator-writes.ts";
import type { SimulatorOptions } from "./options.ts";
import { readCompany, type Snapshot } from "./reads.ts";
import { TARGETS } from "./targets.ts";

interface Parts {
  options: SimulatorOptions;
  live: Live;
  senders: Senders;
  snapshot: (phone: string) => Promise<Snapshot>;
  files: Files;
}

/** Adds the routes of `contracts/simulator.ts` to `app`. */
export function addRoutes(app: Hono, { options, live, senders, snapshot, files }: Parts): void {
  const { database, phoneNumberId, model, catalog } = options;
  /** An endpoint whose input is a customer alone. */
  const about = <T extends object>(act: (phone: string) => Promise<T>): Handler => {
    return async (context) => {
      const input = await read(context, INPUTS.phone);
      return input instanceof Response ? input : Response.json(await act(input.phone));
    };
  };

  const state = async (phone: string): Promise<SimState> => {
    const { conversationId: _own, ...shown } = await snapshot(phone);
    const company = { ...(await readCompany(database, phoneNumberId)), catalog };
    const fixed = { targets: TARGETS, mediaLimits: MEDIA_LIMITS, customers: [...DEMO_CUSTOMERS] };
    return { company, model, ...fixed, ...shown };
  };
  const handBack = async (phone: string): Promise<object> => {
    const { conversationId } = await snapshot(phone);
    if (conversationId !== null) await options.handBack(conversationId);
    live.refresh();
    return {};
  };
  const reset = async (phone: string): Promise<object> => {
    await deleteCustomer(database, phoneNumberId, phone);
    live.refresh();
    return {};
  };

  app.get("/state", about(state));
  app.get("/events", eventStream(live));
  app.post("/send", customerWrites(options, senders, files));
  app.put("/media", uploads(files));
  app.get("/media/:id", storedFile(options));
  app.get("/link/:key", linkedFile(files));
  app.post("/operator", operatorWrites(options, snapshot));
  app.post("/handback", about(handBack));
  app.post("/reset", about(reset));
  app.all("/*", () => problem(404, "not_found", "The simulator has no such endpoint."));
}
