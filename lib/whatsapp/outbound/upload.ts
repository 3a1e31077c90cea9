import { type CallRequest, call } from "../../http/call.ts";
import { asCallError, CallError } from "../../http/call-error.ts";
import { fieldOf, fieldsOf, idOf, parseJson } from "../../json/lenient.ts";
import type { UploadFile, UploadResult } from "../../types/channel.ts";
import { metaCodeIn } from "../errors.ts";

const MB = 1024 * 1024;

/** Accepted types and largest sizes (Cloud API, business phone numbers, media). */
const MAX_BYTES: readonly [types: RegExp, bytes: number][] = [
  [/^image\/(jpeg|png)$/, 5 * MB],
  // Animated ones; a still sticker over 100 KB is refused by Meta when it is sent.
  [/^image\/webp$/, 500 * 1024],
  [/^audio\/(aac|amr|mpeg|mp4|ogg)$/, 16 * MB],
  [/^video\/(mp4|3gpp)$/, 16 * MB],
  [
    /^(text\/plain|application\/(pdf|msword|vnd\.(ms-excel|ms-powerpoint|openxmlformats-officedocument\.[\w.]+)))$/,
    100 * MB,
  ],
];

/** POSTs a file to the Graph API's address of a number's media. Never throws; nothing is sent that Meta would refuse. */
export async function uploadTo(
  address: string,
  { bytes, mimeType, filename }: UploadFile,
  request: Pick<CallRequest, "headers" | "timeoutMs" | "fetch">,
): Promise<UploadResult> {
  // Meta reads parameters as part of the type (`audio/ogg; codecs=opus`); what counts is before them.
  const type = mimeType.split(";")[0]?.trim().toLowerCase() ?? "";
  const limit = MAX_BYTES.find(([types]) => types.test(type))?.[1];
  if (limit === undefined) return refused(null, `Meta takes no ${type || "file without a type"}`);
  if (bytes.byteLength === 0) return refused(null, "the file is empty");
  if (bytes.byteLength > limit) return refused(null, `${type} may have at most ${limit} bytes`);
  const form = new FormData();
  form.set("messaging_product", "whatsapp");
  form.set("type", mimeType);
  form.set("file", new Blob([bytes], { type: mimeType }), filename);
  const response = await call(address, { ...request, method: "POST", body: form }).catch(asCallError);
  const body = parseJson(response.text);
  const mediaId = response.status === 200 ? idOf(fieldOf(fieldsOf(body), "id")) : null;
  if (mediaId !== null) return { outcome: "uploaded", mediaId };
  const unanswered = response instanceof CallError && response.status === null;
  return refused(metaCodeIn(body), unanswered ? response.code : `the Graph API answered ${response.status}`);
}

const refused = (code: number | null, reason: string): UploadResult => ({ outcome: "refused", code, reason });
