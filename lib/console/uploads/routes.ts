import type { Uploaded } from "../../../contracts/console/acts.ts";
import { readBody } from "../../http/body.ts";
import { cleanText } from "../../json/clean.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import { Refusal, type Route, type TenantCall } from "../http/route.ts";
import { fileType } from "./file-type.ts";

const MB = 1024 * 1024;
/** Meta's own; documents have none below what a host lets through. */
const MAX_IMAGE_BYTES = 5 * MB;
const MAX_NAME = 240;
const UPLOAD_TIMEOUT_MS = 60_000;

/** Files that operators send: given to Meta first, and then named by its id. */
export const UPLOAD_ROUTES: readonly Route<ConsoleDeps>[] = [
  {
    method: "POST",
    path: "/t/:tenant/uploads",
    access: "agent",
    audit: "file.upload",
    handle: upload,
  },
];

async function upload({ request, deps, tenantId, who }: TenantCall<ConsoleDeps>): Promise<Response> {
  const bytes = await readBody(request, deps.maxUploadBytes);
  if (bytes === null) throw tooLarge("A file", deps.maxUploadBytes);
  if (bytes.byteLength === 0) throw new Refusal(400, "empty_file", "The file is empty.");
  const filename = nameIn(request.headers);
  const type = fileType(bytes, filename);
  if (type === null)
    throw new Refusal(
      415,
      "file_type",
      "WhatsApp takes JPEG and PNG pictures, MP4 and 3GP videos, PDF, Word, Excel, PowerPoint and text files, and audio as OGG, MP3, M4A, AAC or AMR.",
    );
  if (type.kind === "image" && bytes.byteLength > MAX_IMAGE_BYTES)
    throw tooLarge("A picture", MAX_IMAGE_BYTES);
  const phoneNumberId = (await deps.outbox.phoneNumberId(tenantId)) ?? "";
  const result = await deps.upload(
    { phoneNumberId, bytes: Uint8Array.from(bytes), mimeType: type.mimeType, filename: filename ?? "file" },
    UPLOAD_TIMEOUT_MS,
  );
  if (result.outcome === "refused")
    throw new Refusal(502, "not_uploaded", `Meta did not take the file (${result.reason}); try again.`);
  const { mediaId } = result;
  await deps.outbox.keepUpload(tenantId, who.operatorId, { mediaId, filename, ...type });
  return Response.json({ mediaId, mimeType: type.mimeType, kind: type.kind } satisfies Uploaded);
}

const tooLarge = (what: string, maxBytes: number): Refusal =>
  new Refusal(
    413,
    "file_too_large",
    `${what} may have at most ${Math.floor((maxBytes * 10) / MB) / 10} MB here.`,
  );

/** Name of the header, without a path; null when there is none that can be read. */
function nameIn(headers: Headers): string | null {
  try {
    const name = decodeURIComponent(headers.get("x-filename") ?? "");
    return (
      cleanText(name, MAX_NAME)
        .replace(/^.*[/\\]/, "")
        .replace(/\s+/g, " ")
        .trim() || null
    );
  } catch {
    return null;
  }
}
