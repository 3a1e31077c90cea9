import { type ClipboardEvent, type DragEvent, type ReactNode, useState } from "react";
import type { ConversationRow } from "../../../../../contracts/console/inbox.ts";
import { changeDraft } from "../../outbox/drafts.ts";
import { useTexts } from "../../shell/texts.ts";
import { useAttach } from "./use-attach.ts";

/** Takes files that are dropped or pasted anywhere in the composer. */
export function DropArea({ row, children }: { row: ConversationRow; children: ReactNode }) {
  const { attach } = useTexts().composer;
  const add = useAttach(row);
  const [over, setOver] = useState(false);
  const take = (files: FileList) => {
    changeDraft(row.id, { writes: "message" });
    add([...files]);
  };
  const onDrag = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    setOver(true);
  };
  const onPaste = (event: ClipboardEvent) => {
    const { files } = event.clipboardData;
    // Office programs put a picture beside their text: the text is what is meant.
    if (files.length === 0 || event.clipboardData.types.includes("text/plain")) return;
    event.preventDefault();
    take(files);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the pointer; the button beside the box does the same.
    <div
      className="drop-area"
      onDragEnter={onDrag}
      onDragOver={onDrag}
      onDragLeave={({ currentTarget, relatedTarget }) => {
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
      onPaste={onPaste}
    >
      {children}
      {over && <p className="drop-hint">{attach.drop}</p>}
    </div>
  );
}
