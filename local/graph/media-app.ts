import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import type { Access } from "./access.ts";
import type { Fault, GraphFaults } from "./faults.ts";
import { fileStream, type MediaFault, type MediaFaultRule, type MediaRequest } from "./media-faults.ts";
import { bareType, uploadProblem } from "./media-kinds.ts";
import { LINK_PATH, type MediaStore } from "./media-store.ts";
import { type Refusal, refusal, refuse, unauthorized, unknownObject } from "./refusals.ts";

export interface MediaAppOptions {
  access: Access;
  store: MediaStore;
  /** Filled with every request about a file. */
  requests: MediaRequest[];
  /** What goes wrong with this request. */
  faultFor: (request: MediaRequest) => MediaFault | null;
  suffer: GraphFaults["suffer"];
  stopping: AbortSignal;
  now: () => number;
}

type Env = { Bindings: HttpBindings };
type Answer = (fault: MediaFault | null) => Response | Promise<Response>;

/** The endpoints of files: upload, facts, the link, delete. The link comes first, and is not below a version. */
export function mediaApp(options: MediaAppOptions): Hono<Env> {
  const { access, store } = options;
  const app = new Hono<Env>();
  const readable = (context: Context<Env>, id: string): Refusal | null => {
    const phoneNumberId = context.req.query("phone_number_id") ?? null;
    const barred = access.refuseReader(context.req.header("authorization"), phoneNumberId);
    if (barred) return barred;
    const owner = store.get(id)?.phoneNumberId;
    const foreign = owner && phoneNumberId !== null && owner !== phoneNumberId;
    return owner === undefined || foreign ? unknownObject(id) : null;
  };

  app.get(`${LINK_PATH}/`, (context) =>
    answering(options, context, { kind: "file", mediaId: context.req.query("mid") ?? null }, (fault) => {
      if (access.refuseReader(context.req.header("authorization"), null)) return refuse(unauthorized());
      const medium = store.behind(context.req.query("hash") ?? "");
      if (!medium) return new Response("URL signature expired", { status: 404 });
      const headers = new Headers({ "content-type": medium.mimeType });
      // Its length would give the lie away.
      if (!fault) headers.set("content-length", String(medium.bytes.length));
      return new Response(fileStream(medium.bytes, fault, options.stopping), { headers });
    }),
  );
  app.get("/:version/:mediaId", (context) => {
    const mediaId = context.req.param("mediaId");
    return answering(options, context, { kind: "facts", mediaId }, (fault) => {
      const barred = readable(context, mediaId);
      const medium = store.get(mediaId);
      if (barred || !medium) return refuse(barred ?? unknownObject(mediaId));
      const facts = store.facts(medium, new URL(context.req.url).origin);
      return context.json({ ...facts, ...(fault && "facts" in fault ? fault.facts : {}) });
    });
  });
  app.delete("/:version/:mediaId", (context) => {
    const mediaId = context.req.param("mediaId");
    return answering(options, context, { kind: "delete", mediaId }, () => {
      const barred = readable(context, mediaId);
      if (barred) return refuse(barred);
      store.delete(mediaId);
      return context.json({ success: true });
    });
  });
  app.post("/:version/:phoneNumberId/media", (context) =>
    answering(options, context, { kind: "upload", mediaId: null }, async () => {
      const phoneNumberId = context.req.param("phoneNumberId");
      const barred = access.refuse(context.req.header("authorization"), phoneNumberId);
      return barred ? refuse(barred) : takeUpload(context, store, phoneNumberId);
    }),
  );
  return app;
}

/** Writes the request down, and gives the answer or what the fault makes of it. */
async function answering(
  { requests, faultFor, suffer, now }: MediaAppOptions,
  context: Context<Env>,
  about: Pick<MediaRequest, "kind" | "mediaId">,
  answer: Answer,
): Promise<Response> {
  const phoneNumberId = context.req.param("phoneNumberId") ?? context.req.query("phone_number_id") ?? null;
  const request = { ...about, phoneNumberId, headers: context.req.header(), atMs: now() };
  requests.push(request);
  const fault = faultFor(request);
  if (!fault || !isGeneral(fault)) return answer(fault);
  if (!fault.afterAccepting)
    return (await suffer({ fault, when: "before" }, context.env.incoming)) ?? answer(null);
  const given = await answer(null);
  return (await suffer({ fault, when: "after" }, context.env.incoming)) ?? given;
}

function isGeneral(fault: MediaFault): fault is Fault {
  return "status" in fault || "hang" in fault || "reset" in fault || "delayMs" in fault;
}

async function takeUpload(
  context: Context<Env>,
  store: MediaStore,
  phoneNumberId: string,
): Promise<Response> {
  const form = await context.req.formData().catch(() => null);
  const missing = (name: string) => refuse(refusal(100, `The parameter ${name} is required.`));
  if (form?.get("messaging_product") !== "whatsapp") return missing("messaging_product");
  const [file, type] = [form.get("file"), form.get("type")];
  if (!(file instanceof File)) return missing("file");
  const mimeType = typeof type === "string" && type !== "" ? type : null;
  if (mimeType === null) return missing("type");
  if (file.type && bareType(file.type) !== bareType(mimeType))
    return refuse(refusal(100, `type: the file says that it is ${file.type}.`));
  const bytes = new Uint8Array(await file.arrayBuffer());
  const problem = uploadProblem(mimeType, bytes);
  if (problem) return refuse(refusal(problem.code, problem.details));
  return context.json({ id: store.upload({ bytes, mimeType, filename: file.name }, phoneNumberId) });
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
