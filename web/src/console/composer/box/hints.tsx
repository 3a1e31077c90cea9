import { usePage } from "../../../shared/page.tsx";
import { useReached } from "../../client/reach.ts";
import { type Attachment, useDraft } from "../../outbox/drafts.ts";
import { useTexts } from "../../shell/texts.ts";
import { useEnterSends } from "./enter-sends.ts";

/** WhatsApp's limit for a text message; a caption's is 1,024. */
const MAX_CHARACTERS = 4096;
const MAX_CAPTION = 1024;
const COUNTED_FROM = 0.85;

/** True when the words go below the file: WhatsApp knows no caption for audio, which they follow as a message. */
export const hasCaption = (attachment: Attachment | null): boolean =>
  attachment !== null && attachment.media !== "audio";

/** Limit of what is being written. */
export const limitOf = (hasFile: boolean): number => (hasFile ? MAX_CAPTION : MAX_CHARACTERS);

/** Line below the box: the length near the limit, and a lost connection. */
export function Hints({ conversationId }: { conversationId: string }) {
  const { box } = useTexts().composer;
  const { formats } = usePage();
  const { text, writes, attachment } = useDraft(conversationId);
  const reached = useReached();
  const { length } = text[writes];
  const most = limitOf(writes === "message" && hasCaption(attachment));
  const counts = length >= most * COUNTED_FROM;
  const over = length > most;
  return (
    <div className="write-hints" id="write-hints">
      {!reached && <p role="status">{box.offline}</p>}
      {over && (
        <p className="write-over" role="alert">
          {box.tooLong(formats.integer(most))}
        </p>
      )}
      {counts && (
        <p className="number" data-over={over}>
          {box.count(formats.integer(length), formats.integer(most))}
        </p>
      )}
    </div>
  );
}

/** What Enter does, and the choice of it. */
export function EnterSends() {
  const { box } = useTexts().composer;
  const [enterSends, setEnterSends] = useEnterSends();
  return (
    <label className="enter-sends">
      <input type="checkbox" checked={enterSends} onChange={(event) => setEnterSends(event.target.checked)} />
      {enterSends ? box.keys.enter : box.keys.ctrlEnter}
    </label>
  );
}
