import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { Access } from "../rules/access.ts";
import { type Refusal, refusal, refuse, unauthorized, unknownObject } from "../rules/refusals.ts";
import { fileStream, type MediaFault } from "./faults.ts";
import { bareType, uploadProblem } from "./kinds.ts";
import type { MediaStore, StoredMedium } from "./store.ts";

export interface MediaAnswerOptions {
  access: Access;
  store: MediaStore;
  /** Ends slow downloads. */
  stopping: AbortSignal;
}

export type MediaContext = Context<{ Bindings: HttpBindings }>;

/** Answers one request; `fault` alters the answer itself. */
export type MediaAnswer = (
  options: MediaAnswerOptions,
  context: MediaContext,
  fault: MediaFault | null,
) => Response | Promise<Response>;

/** `GET` of a link: the bytes, for the bearer token. */
export const giveFile: MediaAnswer = ({ access, store, stopping }, context, fault) => {
  const medium = store.behind(context.req.query("hash") ?? "");
  const barred = access.refuseReader(context.req.header("authorization"), medium?.phoneNumberId ?? null);
  if (barred) return refuse(unauthorized());
  if (!medium) return new Response("URL signature expired", { status: 404 });
  const headers = new Headers({ "content-type": medium.mimeType });
  // The true length would reveal the fault.
  if (!fault) headers.set("content-length", String(medium.bytes.length));
  return new Response(fileStream(medium.bytes, fault, stopping), { headers });
};

/** `GET` of an id: the description of the file, with a new link. */
export const giveFacts: MediaAnswer = (options, context, fault) => {
  const found = findMedium(options, context);
  if ("error" in found) return refuse(found);
  const facts = options.store.facts(found, new URL(context.req.url).origin);
  return context.json({ ...facts, ...(fault && "facts" in fault ? fault.facts : {}) });
};

/** `DELETE` of an id. */
export const remove: MediaAnswer = (options, context) => {
  const found = findMedium(options, context);
  if ("error" in found) return refuse(found);
  options.store.delete(found.id);
  return context.json({ success: true });
};

/** `POST` of a file in a form. */
export const takeUpload: MediaAnswer = async ({ access, store }, context) => {
  const phoneNumberId = context.req.param("phoneNumberId") ?? "";
  const barred = access.refuse(context.req.header("authorization"), phoneNumberId);
  if (barred) return refuse(barred);
  const form = await context.req.formData().catch(() => null);
  const missing = (name: string) => refuse(refusal(100, `The parameter ${name} is required.`));
  if (form?.get("messaging_product") !== "whatsapp") return missing("messaging_product");
  const [file, mimeType] = [form.get("file"), form.get("type")];
  if (!(file instanceof File)) return missing("file");
  if (typeof mimeType !== "string" || mimeType === "") return missing("type");
  if (file.type && bareType(file.type) !== bareType(mimeType))
    return refuse(refusal(100, `type: the file says that it is ${file.type}.`));
  const bytes = new Uint8Array(await file.arrayBuffer());
  const problem = uploadProblem(mimeType, bytes);
  if (problem) return refuse(refusal(problem.code, problem.details));
  return context.json({ id: store.upload({ bytes, mimeType, filename: file.name }, phoneNumberId) });
};

/** The file named by a path, when the token may see it. */
function findMedium({ access, store }: MediaAnswerOptions, context: MediaContext): StoredMedium | Refusal {
  const id = context.req.param("mediaId") ?? "";
  const medium = store.get(id);
  const asked = context.req.query("phone_number_id") ?? null;
  const owner = medium?.phoneNumberId ?? null;
  const barred = access.refuseReader(context.req.header("authorization"), asked ?? owner);
  if (barred) return barred;
  const foreign = asked !== null && owner !== null && asked !== owner;
  return medium && !foreign ? medium : unknownObject(id);
}
