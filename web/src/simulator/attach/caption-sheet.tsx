import { useState } from "react";
import type { SimUploaded } from "../../api.ts";
import { usePage } from "../../shared/page.tsx";
import { useActs } from "../acts.ts";
import { Media } from "../content/media.tsx";
import { Sheet } from "../overlay/sheet.tsx";

/** WhatsApp's own limit, in characters. */
const MAX_CAPTION = 1024;

interface Props {
  type: "image" | "video" | "document";
  uploaded: SimUploaded;
  onClose(): void;
}

/** Shows a file before it is sent, and takes the words that go with it. */
export function CaptionSheet({ type, uploaded: { mediaId, file }, onClose }: Props) {
  const { texts } = usePage();
  const words = texts.simulator.messages.caption;
  const acts = useActs();
  const [caption, setCaption] = useState("");
  return (
    <Sheet title={words.title} onClose={onClose}>
      <form
        className="caption-form"
        onSubmit={(event) => {
          event.preventDefault();
          acts.write({ type, mediaId, caption: caption.trim() }, { file });
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
