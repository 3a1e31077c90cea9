import type { ConversationRow } from "../../../../../contracts/console/inbox.ts";
import { Sound } from "../../../chat/content/sound.tsx";
import { Icon } from "../../../shared/icons.tsx";
import { usePage } from "../../../shared/page.tsx";
import { useTenant } from "../../client/session.tsx";
import { tenantPath } from "../../client/use-api.ts";
import type { Attachment } from "../../outbox/drafts.ts";
import { useTexts } from "../../shell/texts.ts";
import { removeAttachment, uploadInto } from "./use-attach.ts";

interface Props {
  row: ConversationRow;
  attachment: Attachment;
}

/** The file that goes with the next message: what it is, how far its upload is, and a way out. */
export function AttachmentCard({ row, attachment }: Props) {
  const { attach } = useTexts().composer;
  const { formats } = usePage();
  const { file, media, url, state, redrawn } = attachment;
  const label = state.kind === "uploading" ? attach.cancel : attach.remove;
  return (
    <div className="attachment" data-state={state.kind}>
      {media === "image" ? (
        <img src={url} alt={attach.kinds.image} />
      ) : (
        <span className="attachment-icon">
          <Icon name={media} />
        </span>
      )}
      <div className="attachment-words">
        <b>{file.name}</b>
        <small>
          {attach.kinds[media]}, {formats.megabytes(file.size)}
          {redrawn && `. ${attach.redrawn}`}
        </small>
        {media === "audio" && <Sound url={url} voice={false} onError={() => undefined} />}
        <UploadState row={row} attachment={attachment} />
      </div>
      <button
        type="button"
        className="tool"
        aria-label={label}
        title={label}
        onClick={() => removeAttachment(row.id, attachment)}
      >
        ✕
      </button>
    </div>
  );
}

function UploadState({ row, attachment: { file, state } }: Props) {
  const { attach, refusals } = useTexts().composer;
  const { formats } = usePage();
  const { tenantId } = useTenant();
  switch (state.kind) {
    case "uploading":
      return (
        <progress value={state.share} max={1} aria-label={attach.uploading(formats.percent(state.share))} />
      );
    case "ready":
      return (
        <small className="attachment-ready" role="status">
          ✓ {attach.ready}
        </small>
      );
    case "failed":
      return (
        <p className="attachment-failed" role="alert">
          {refusals[state.refusal]}{" "}
          <button
            type="button"
            className="link-button"
            onClick={() => uploadInto(row.id, file, tenantPath(tenantId, "/uploads"))}
          >
            {attach.again}
          </button>
        </p>
      );
  }
}
