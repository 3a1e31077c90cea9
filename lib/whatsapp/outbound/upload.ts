import { readBody } from "../../http/body.ts";
import { fieldsOf, idOf, own } from "../../json/lenient.ts";
import type { UploadFile, UploadResult } from "../../types/channel.ts";
import { errorCode } from "./interpret-response.ts";

const MB = 1024 * 1024;

/** What Meta takes and how large it may be (Cloud API, business phone numbers, media). */
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

const MAX_ANSWER_BYTES = 65_536;

/** POSTs a file to the Graph API's address of a number's media. Never throws; nothing is sent that Meta would refuse. */
export async function uploadTo(
  address: string,
  token: string,
  { bytes, mimeType, filename }: UploadFile,
  fetcher: typeof fetch,
  timeoutMs: number,
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
  try {
    const response = await fetcher(address, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: form,
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answer = parse(await readBody(response, MAX_ANSWER_BYTES));
    const mediaId = response.status === 200 ? idOf(own(fieldsOf(answer), "id")) : null;
    if (mediaId !== null) return { outcome: "uploaded", mediaId };
    return refused(errorCode(answer), `the Graph API answered ${response.status}`);
  } catch (error) {
    return refused(null, error instanceof Error ? error.name : "unknown");
  }
}

const refused = (code: number | null, reason: string): UploadResult => ({ outcome: "refused", code, reason });

function parse(bytes: Uint8Array | null): unknown {
  try {
    return bytes === null ? null : JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
