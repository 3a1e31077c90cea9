import type { ConversationRow } from "../../../../../contracts/console/inbox.ts";
import { usePage } from "../../../shared/page.tsx";
import { useTenant } from "../../client/session.tsx";
import { tenantPath } from "../../client/use-api.ts";
import { type Attachment, changeDraft, drafts } from "../../outbox/drafts.ts";
import { refusalOf as refusalOfError } from "../../outbox/refusals.ts";
import { useTexts } from "../../shell/texts.ts";
import { useToasts } from "../../shell/toasts.tsx";
import { redraw } from "./redraw.ts";
import { MAX_BYTES, mediaOf, metaType, refusalOf, wantsRedraw } from "./rules.ts";
import { type Upload, upload } from "./upload.ts";

/** Uploads on their way, so that they can be cancelled from anywhere. */
const uploads = new WeakMap<File, Upload>();

/** Attaches the first of some files and begins to upload it; says why when it cannot. */
export function useAttach(row: ConversationRow): (files: readonly File[]) => void {
  const { attach: words, refusals } = useTexts().composer;
  const { formats } = usePage();
  const { tenantId } = useTenant();
  const toasts = useToasts();
  const add = async (chosen: File) => {
    const redrawn = wantsRedraw(chosen) ? await redraw(chosen) : null;
    const file = redrawn ?? named(chosen);
    const refusal = refusalOf(file);
    if (refusal === "too_large") {
      const most = MAX_BYTES[mediaOf(file.type)];
      const text = words.tooLarge(formats.megabytes(file.size), formats.megabytes(most));
      return toasts.show({ kind: "bad", text });
    }
    if (refusal) return toasts.show({ kind: "bad", text: refusals[refusal] });
    begin(row.id, file, redrawn !== null, tenantPath(tenantId, "/uploads"));
  };
  return ([first, ...more]) => {
    if (!first) return;
    if (more.length > 0 || drafts.get(row.id).attachment)
      return toasts.show({ kind: "bad", text: words.one });
    void add(first);
  };
}

/** The file under the type that Meta knows, with a name: what is pasted may have none. */
function named(file: File): File {
  const type = metaType(file.type);
  const name = file.name || `file.${type.split("/")[1] ?? "bin"}`;
  return type === file.type && file.name ? file : new File([file], name, { type });
}

/** Puts a file into the draft and uploads it. */
function begin(conversationId: string, file: File, redrawn: boolean, path: string): void {
  const url = URL.createObjectURL(file);
  const media = mediaOf(file.type);
  const attachment: Attachment = { file, media, url, redrawn, state: { kind: "uploading", share: 0 } };
  changeDraft(conversationId, { attachment });
  uploadInto(conversationId, file, path);
}

/** Uploads the draft's file, at first or once more; reports into the draft while it still has this file. */
export function uploadInto(conversationId: string, file: File, path: string): void {
  const note = (state: Attachment["state"], more: Partial<Attachment> = {}) => {
    const { attachment } = drafts.get(conversationId);
    if (attachment?.file === file)
      changeDraft(conversationId, { attachment: { ...attachment, ...more, state } });
  };
  note({ kind: "uploading", share: 0 });
  const running = upload(path, file, (share) => note({ kind: "uploading", share }));
  uploads.set(file, running);
  running.done.then(
    // What it is, the server has seen in its bytes.
    ({ mediaId, kind }) => note({ kind: "ready", mediaId }, { media: kind }),
    (error) => note({ kind: "failed", refusal: refusalOfError(error) }),
  );
}

/** Takes the file out of the draft and stops its upload. */
export function removeAttachment(conversationId: string, { file, url }: Attachment): void {
  uploads.get(file)?.cancel();
  changeDraft(conversationId, { attachment: null });
  URL.revokeObjectURL(url);
}
