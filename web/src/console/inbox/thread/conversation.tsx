import "./conversation.css";
import { useEffect } from "react";
import type { ConversationView, ThreadMessage } from "../../../../../contracts/console/thread.ts";
import { ActBar } from "../../acts/act-bar.tsx";
import { useMay } from "../../client/session.tsx";
import { Composer } from "../../composer/composer.tsx";
import { MessageActs } from "../../composer/message-acts.tsx";
import type { ConversationProps } from "../../outbox/conversation-props.ts";
import { SendingBubbles } from "../../outbox/sending-bubbles.tsx";
import { useTexts } from "../../shell/texts.ts";
import { Waiting } from "../../shell/waiting.tsx";
import { tagsOf, useInbox, useOpened } from "../state/use-inbox.tsx";
import { Log } from "./log.tsx";
import { Pinned } from "./pinned.tsx";
import { PresenceLine } from "./presence-line.tsx";
import { ThreadHead } from "./thread-head.tsx";

interface Props {
  id: string;
  panelOpen: boolean;
  onBack(): void;
  onPanel(): void;
}

/** The open conversation: its head, the thread and the composer. */
export function Conversation(props: Props) {
  const { inbox: words, shell } = useTexts();
  const { inbox } = useInbox();
  const { view, problem } = useOpened(props.id);
  if (view) return <Opened key={props.id} {...props} view={view} />;
  if (problem === null)
    return (
      <div className="conversation-none">
        <Waiting />
      </div>
    );
  const gone = problem === "not_found" || problem === "invalid";
  return (
    <div className="conversation-none" role="alert">
      <p>{gone ? words.thread.gone : words.thread.failed}</p>
      <button
        type="button"
        className="button"
        onClick={gone ? props.onBack : () => void inbox.open(props.id)}
      >
        {gone ? words.back : shell.retry}
      </button>
    </div>
  );
}

function Opened({ id, view, panelOpen, onBack, onPanel }: Props & { view: ConversationView }) {
  const { inbox } = useInbox();
  const mayWrite = useMay("agent");
  useReadWhileShown(id, view.row.unread);
  const props: ConversationProps = {
    view,
    onRow: (row) => inbox.rows([row]),
    onMessage: (message) => inbox.change(id, { messages: [message] }),
    onNote: (note) => inbox.change(id, { notes: [note] }),
    knownTags: () => tagsOf(inbox.get()),
  };
  const menu = (message: ThreadMessage) => <MessageActs {...props} message={message} />;
  return (
    <>
      <ThreadHead row={view.row} panelOpen={panelOpen} onBack={onBack} onPanel={onPanel}>
        {mayWrite && <ActBar {...props} />}
      </ThreadHead>
      <Pinned view={view} />
      <Log view={view} menu={mayWrite ? menu : null}>
        <SendingBubbles {...props} />
      </Log>
      <PresenceLine presence={view.presence} />
      <Composer {...props} />
    </>
  );
}

/** Marks the conversation as read while it is shown in a visible tab. */
function useReadWhileShown(id: string, unread: number): void {
  const { inbox } = useInbox();
  useEffect(() => {
    if (unread === 0) return;
    const read = () => {
      if (!document.hidden) void inbox.markRead(id);
    };
    read();
    document.addEventListener("visibilitychange", read);
    return () => document.removeEventListener("visibilitychange", read);
  }, [inbox, id, unread]);
}
