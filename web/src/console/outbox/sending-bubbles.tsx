import "./sending-bubbles.css";
import { summaryOf } from "../../chat/summary.ts";
import { FormattedText } from "../../chat/text/formatted-text.tsx";
import { Icon } from "../../shared/icons.tsx";
import { usePage } from "../../shared/page.tsx";
import { useSession } from "../client/session.tsx";
import { useTexts } from "../shell/texts.ts";
import type { ConversationProps } from "./conversation-props.ts";
import { changeDraft, drafts, writeDraft } from "./drafts.ts";
import { discard, type Outgoing, outbox, press } from "./sending.ts";
import { useKeyed } from "./store.ts";
import { usePost } from "./use-post.ts";

/** Bubbles of messages that the server has not stored yet, with what can be done about each: the last children of the thread's list. */
export function SendingBubbles(props: ConversationProps) {
  const { view } = props;
  const items = useKeyed(outbox, view.row.id);
  // The live stream may bring a message before its own answer does.
  const stored = new Set([...view.messages, ...view.notes].map(({ id }) => id));
  return items
    .filter(({ id }) => !stored.has(id))
    .map((item) => <SendingBubble key={item.id} item={item} {...props} />);
}

type Props = ConversationProps & { item: Outgoing };

function SendingBubble(props: Props) {
  const { item } = props;
  const { formats } = usePage();
  const { sending } = useTexts().composer;
  const { kind, state, text, attachment, at } = item;
  const failed = state === "failed";
  return (
    <li
      className="bubble bubble-operator sending-bubble"
      data-kind={kind}
      data-state={state}
      data-unsent={failed}
    >
      {attachment?.media === "image" && <img className="sending-image" src={attachment.url} alt="" />}
      {attachment && attachment.media !== "image" && (
        <p className="sending-file">
          <Icon name={attachment.media} /> {attachment.file.name}
        </p>
      )}
      {text !== "" && <FormattedText text={text} />}
      {failed && <Failure {...props} />}
      <span className="bubble-meta">
        {!failed && <span>{state === "waiting" ? sending.queued : sending.sending}</span>}
        <time dateTime={new Date(at).toISOString()}>{formats.time(at)}</time>
      </span>
    </li>
  );
}

function Failure(props: Props) {
  const { item } = props;
  const { sending, refusals } = useTexts().composer;
  return (
    <div className="sending-failure" role="alert">
      <p>
        <b>{item.kind === "note" ? sending.noteFailed : sending.failed}.</b>{" "}
        {refusals[item.refusal ?? "other"]}
      </p>
      {item.refusal === "others_wrote" && <TheirWords {...props} />}
      <FailureButtons {...props} />
    </div>
  );
}

/** What a colleague wrote meanwhile, so that nobody has to search for it. */
function TheirWords({ item, view }: Props) {
  const { texts } = usePage();
  const { me } = useSession();
  const seenAt = item.kind === "message" ? item.seenAt : 0;
  const theirs = view.messages.findLast(
    ({ operator, at, author }) => author === "operator" && operator?.id !== me.id && at > seenAt,
  );
  if (!theirs) return null;
  return (
    <blockquote className="bubble-quote">
      <b>{theirs.operator?.name ?? texts.chat.authors.operator}</b>
      <span>{summaryOf(theirs, texts)}</span>
    </blockquote>
  );
}

function FailureButtons(props: Props) {
  const { item, view } = props;
  const { sending } = useTexts().composer;
  const { me } = useSession();
  const post = usePost(props);
  const { assignee } = view.row;
  const lost = (item.refusal === "not_yours" || item.refusal === "taken") && item.kind === "message";
  const again = (): void => {
    if (item.kind === "note") return void press(item, post);
    const anyway = item.anyway || item.refusal === "others_wrote";
    const takes = lost && assignee?.id !== me.id ? { from: assignee?.id ?? null } : item.takes;
    void press({ ...item, anyway, takes }, post);
  };
  const label = item.refusal === "others_wrote" ? sending.anyway : lost ? sending.takeAndSend : sending.again;
  const isTemplate = item.kind === "message" && item.message.kind === "template";
  return (
    <div className="sending-buttons">
      <button type="button" className="button" onClick={again}>
        {label}
      </button>
      {!isTemplate && (
        <button type="button" className="button" onClick={() => edit(item)}>
          {sending.edit}
        </button>
      )}
      <button type="button" className="button" onClick={() => discard(item)}>
        {sending.discard}
      </button>
    </div>
  );
}

/** Puts an item back into the box, before what is there already. */
function edit(item: Outgoing): void {
  const { conversationId, text, attachment, kind } = item;
  const writes = kind === "note" ? "note" : "message";
  const draft = drafts.get(conversationId);
  const quote = item.kind === "message" ? item.quote : null;
  const now = draft.text[writes];
  writeDraft(conversationId, [text, now].filter(Boolean).join("\n"), writes);
  changeDraft(conversationId, {
    writes,
    quote: draft.quote ?? quote,
    attachment: draft.attachment ?? attachment,
  });
  discard(item);
}
