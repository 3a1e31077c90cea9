import type { OperatorMessage } from "../../../../../contracts/console/acts.ts";
import { useReached } from "../../client/reach.ts";
import type { ConversationProps } from "../../outbox/conversation-props.ts";
import { type Attachment, changeDraft, type Draft, useDraft, writeDraft } from "../../outbox/drafts.ts";
import { forbidsText, type Lock } from "../../outbox/lock.ts";
import { type Outgoing, press } from "../../outbox/sending.ts";
import { usePost } from "../../outbox/use-post.ts";
import { useTexts } from "../../shell/texts.ts";
import { useToasts } from "../../shell/toasts.tsx";
import { forgetSuggestion, useSuggestion } from "../suggest/suggestions.ts";
import { hasCaption, limitOf } from "./hints.tsx";

type Box = { current: HTMLTextAreaElement | null };

/** Sends what was written, once for each press: the box is empty as soon as its words are on their way. */
export function useSubmit(props: ConversationProps & { lock: Lock }, box: Box) {
  const { view, lock } = props;
  const { id } = view.row;
  const draft = useDraft(id);
  const post = usePost(props);
  const reached = useReached();
  const toasts = useToasts();
  const words = useTexts().composer.box;
  const suggestion = useSuggestion(id);
  const canSend = isSendable(draft, lock) && suggestion?.state !== "streaming";
  const submit = () => {
    if (draft.writes === "message" && lock === "colleague")
      return document.querySelector<HTMLElement>(".lock-bar button")?.focus();
    if (!canSend) return;
    // Kept in the box, where it can be changed until there is a connection again.
    if (!reached && !navigator.onLine) return toasts.say(words.offline);
    const items = outgoingOf(draft, props);
    writeDraft(id, "");
    if (draft.writes === "message") changeDraft(id, { quote: null, attachment: null });
    forgetSuggestion(id);
    box.current?.focus();
    for (const item of items) void press(item, post);
  };
  return { submit, canSend };
}

/** True when the draft can be sent as it is. */
function isSendable({ text, writes, attachment }: Draft, lock: Lock): boolean {
  const written = text[writes].trim() !== "";
  if (writes === "note") return written && text.note.length <= limitOf(false);
  if (forbidsText(lock)) return false;
  if (attachment && attachment.state.kind !== "ready") return false;
  return (written || attachment !== null) && text.message.length <= limitOf(hasCaption(attachment));
}

/** What a press sends: one item, or a recording and its words, since WhatsApp knows no caption for audio. */
function outgoingOf(draft: Draft, { view }: ConversationProps): Outgoing[] {
  const { text, writes, quote, attachment } = draft;
  const words = text[writes].trim();
  const item = (words: string) =>
    ({
      id: crypto.randomUUID(),
      conversationId: view.row.id,
      at: Date.now(),
      text: words,
      attachment: null,
      state: "waiting",
      refusal: null,
    }) as const;
  if (writes === "note") return [{ ...item(words), kind: "note" }];
  const message = (words: string, attachment: Attachment | null, quote: Draft["quote"]): Outgoing => ({
    ...item(words),
    kind: "message",
    message: messageOf(words, attachment),
    attachment,
    quote,
    seenAt: view.messages.at(-1)?.at ?? 0,
    anyway: false,
    takes: null,
  });
  if (attachment?.media !== "audio" || words === "") return [message(words, attachment, quote)];
  return [message("", attachment, quote), message(words, null, null)];
}

function messageOf(text: string, attachment: Attachment | null): OperatorMessage {
  if (attachment?.state.kind !== "ready") return { kind: "text", text };
  const { media, file, state } = attachment;
  const filename = media === "document" ? file.name : null;
  return { kind: "media", media, mediaId: state.mediaId, filename, caption: text };
}
