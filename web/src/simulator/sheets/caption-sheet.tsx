import { useState } from "react";
import type { SimUploaded } from "../../../../contracts/simulator.ts";
import { Media } from "../../chat/content/media.tsx";
import { Sheet } from "../../shared/overlay/sheet.tsx";
import { usePage } from "../../shared/page.tsx";
import { useActions } from "../actions/actions.ts";

/** WhatsApp's limit, in characters. */
const MAX_CAPTION = 1024;

interface Props {
  type: "image" | "video" | "document";
  uploaded: SimUploaded;
  onClose(): void;
}

/** Preview of a file with its caption, before it is sent. */
export function CaptionSheet({ type, uploaded: { mediaId, file }, onClose }: Props) {
  const { texts } = usePage();
  const words = texts.simulator.caption;
  const actions = useActions();
  const [caption, setCaption] = useState("");
  return (
    <Sheet title={words.title} onClose={onClose}>
      <form
        className="caption-form"
        onSubmit={(event) => {
          event.preventDefault();
          actions.write({ type, mediaId, caption: caption.trim() }, { file });
          onClose();
        }}
      >
        <Media media={type} file={file} alt={caption} />
        <input
          data-first
          aria-label={words.label}
          placeholder={words.label}
          maxLength={MAX_CAPTION}
          value={caption}
          onChange={(event) => setCaption(event.target.value)}
        />
        <div className="sheet-buttons">
          <button type="button" className="button" onClick={onClose}>
            {words.cancel}
          </button>
          <button type="submit" className="button primary">
            {words.send}
          </button>
        </div>
      </form>
    </Sheet>
  );
}
