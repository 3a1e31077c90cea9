import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import type { GraphFaults, GraphRequest } from "./faults.ts";
import type { Outbox } from "./outbox.ts";
import { type Refusal, unauthorized, unknownObject } from "./refusals.ts";
import { validate } from "./validate.ts";

export interface GraphAppOptions {
  accessToken: string;
  phoneNumberIds: readonly string[];
  outbox: Outbox;
  faults: GraphFaults;
  /** Filled with every request to `/messages`, accepted or not. */
  requests: GraphRequest[];
}

/** The two endpoints of the Graph API that a bot needs: a business number's facts, and its messages. */
export function graphApp(options: GraphAppOptions): Hono<{ Bindings: HttpBindings }> {
  const { outbox, faults, requests } = options;
  const refused = (authorization: string | undefined, phoneNumberId: string): Refusal | null => {
    if (authorization !== `Bearer ${options.accessToken}`) return unauthorized();
    return options.phoneNumberIds.includes(phoneNumberId) ? null : unknownObject(phoneNumberId);
  };

  const app = new Hono<{ Bindings: HttpBindings }>();
  app.get("/:version/:phoneNumberId", (context) => {
    const id = context.req.param("phoneNumberId");
    const refusal = refused(context.req.header("authorization"), id);
    if (refusal) return refuse(refusal);
    return context.json({ id, display_phone_number: "+1 555-000-1111", verified_name: "Chasqui (local)" });
  });
  app.post("/:version/:phoneNumberId/messages", async (context) => {
    const phoneNumberId = context.req.param("phoneNumberId");
    const body: unknown = await context.req.json().catch(() => null);
    const request = { path: context.req.path, phoneNumberId, body, atMs: Date.now() };
    requests.push(request);

    const fault = faults.next(request);
    const early = fault?.when === "before" ? await faults.suffer(fault, context.env.incoming) : null;
    if (early) return early;
    const refusal = refused(context.req.header("authorization"), phoneNumberId);
    if (refusal) return refuse(refusal);
    const outcome = validate(body);
    if ("error" in outcome) return refuse(outcome);
    const reply = outbox.accept(outcome, phoneNumberId);
    const late = fault?.when === "after" ? await faults.suffer(fault, context.env.incoming) : null;
    return late ?? context.json(reply);
  });
  return app;
}

function refuse({ status, error }: Refusal): Response {
  return Response.json({ error }, { status });
}
