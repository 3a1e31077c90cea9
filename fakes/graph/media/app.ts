import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import type { Fault, FaultPlan, FaultPlayer } from "../../faults/faults.ts";
import {
  giveFacts,
  giveFile,
  type MediaAnswer,
  type MediaAnswerOptions,
  type MediaContext,
  remove,
  takeUpload,
} from "./answers.ts";
import type { MediaFault, MediaRequest } from "./faults.ts";
import { LINK_PATH } from "./store.ts";

export interface MediaAppOptions extends MediaAnswerOptions {
  /** Filled with every request about a file. */
  requests: MediaRequest[];
  faults: FaultPlan<MediaRequest, MediaFault>;
  player: FaultPlayer;
  now: () => number;
}

/** Endpoints of files. The link comes first, since it is not below a version. */
export function mediaApp(options: MediaAppOptions): Hono<{ Bindings: HttpBindings }> {
  const route = (kind: MediaRequest["kind"], answer: MediaAnswer) => (context: MediaContext) =>
    respond(options, context, { kind, answer });
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.get(`${LINK_PATH}/`, route("file", giveFile));
  app.get("/:version/:mediaId", route("facts", giveFacts));
  app.delete("/:version/:mediaId", route("delete", remove));
  app.post("/:version/:phoneNumberId/media", route("upload", takeUpload));
  return app;
}

/** Records the request and answers it, as usual or as its fault wants it. */
async function respond(
  options: MediaAppOptions,
  context: MediaContext,
  { kind, answer }: { kind: MediaRequest["kind"]; answer: MediaAnswer },
): Promise<Response> {
  const request = {
    kind,
    mediaId: context.req.param("mediaId") ?? context.req.query("mid") ?? null,
    phoneNumberId: context.req.param("phoneNumberId") ?? context.req.query("phone_number_id") ?? null,
    headers: context.req.header(),
    atMs: options.now(),
  };
  options.requests.push(request);
  const fault = options.faults.next(request);
  if (fault && !isGeneral(fault)) return answer(options, context, fault);
  return options.player.around(fault, context.env.incoming, () => answer(options, context, null));
}

function isGeneral(fault: MediaFault): fault is Fault {
  return "status" in fault || "hang" in fault || "reset" in fault || "delayMs" in fault;
}
