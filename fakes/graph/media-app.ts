import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import type { Fault, GraphFaults } from "./faults.ts";
import {
  giveFacts,
  giveFile,
  type MediaAnswer,
  type MediaAnswerOptions,
  type MediaContext,
  remove,
  takeUpload,
} from "./media-answers.ts";
import type { MediaFault, MediaFaultRule, MediaRequest } from "./media-faults.ts";
import { LINK_PATH } from "./media-store.ts";

export interface MediaAppOptions extends MediaAnswerOptions {
  /** Filled with every request about a file. */
  requests: MediaRequest[];
  /** What goes wrong with this request. */
  faultFor: (request: MediaRequest) => MediaFault | null;
  suffer: GraphFaults["suffer"];
  now: () => number;
}

/** The endpoints of files. The link comes first: it is not below a version. */
export function mediaApp(options: MediaAppOptions): Hono<{ Bindings: HttpBindings }> {
  const route = (kind: MediaRequest["kind"], answer: MediaAnswer) => (context: MediaContext) =>
    answering(options, context, kind, answer);
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.get(`${LINK_PATH}/`, route("file", giveFile));
  app.get("/:version/:mediaId", route("facts", giveFacts));
  app.delete("/:version/:mediaId", route("delete", remove));
  app.post("/:version/:phoneNumberId/media", route("upload", takeUpload));
  return app;
}

/** Writes the request down, and gives the answer or what the fault makes of it. */
async function answering(
  options: MediaAppOptions,
  context: MediaContext,
  kind: MediaRequest["kind"],
  answer: MediaAnswer,
): Promise<Response> {
  const request = {
    kind,
    mediaId: context.req.param("mediaId") ?? context.req.query("mid") ?? null,
    phoneNumberId: context.req.param("phoneNumberId") ?? context.req.query("phone_number_id") ?? null,
    headers: context.req.header(),
    atMs: options.now(),
  };
  options.requests.push(request);
  const fault = options.faultFor(request);
  if (!fault || !isGeneral(fault)) return answer(options, context, fault);
  const { incoming } = context.env;
  if (!fault.afterAccepting)
    return (await options.suffer({ fault, when: "before" }, incoming)) ?? answer(options, context, null);
  const given = await answer(options, context, null);
  return (await options.suffer({ fault, when: "after" }, incoming)) ?? given;
}

function isGeneral(fault: MediaFault): fault is Fault {
  return "status" in fault || "hang" in fault || "reset" in fault || "delayMs" in fault;
}

/** Which fault is next, under a rule that can be changed. */
export function createMediaFaults(): {
  set(rule: MediaFaultRule | null): void;
  next(request: MediaRequest): MediaFault | null;
} {
  let current: MediaFaultRule | null = null;
  let count = 0;
  return {
    set(rule) {
      current = rule;
      count = 0;
    },
    next: (request) => current?.(request, ++count) ?? null,
  };
}
