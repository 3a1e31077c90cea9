import { memo } from "react";
import type { ThreadMessage } from "../../../../../contracts/console/thread.ts";
import { Bubble } from "../../../chat/bubble.tsx";
import type { Row } from "../../../chat/rows.ts";
import { usePage } from "../../../shared/page.tsx";
import { useTexts } from "../../shell/texts.ts";
import { useInbox } from "../state/use-inbox.tsx";
import { authorOf } from "./author.ts";
import type { MessageItem } from "./items.ts";

interface Props {
  item: MessageItem;
  hasMenu: boolean;
}

/** One message of the thread, with its author, and why it failed and what to do. */
export const ThreadBubble = memo(function ThreadBubble({ item, hasMenu }: Props) {
  const { texts } = usePage();
  const words = useTexts();
  const { operatorId } = useInbox();
  const { message, row, follows } = item;
  const author = authorOf(message, words, texts, operatorId);
  return (
    <Bubble
      row={withFile(row, message)}
      follows={follows}
      selected={false}
      hasMenu={hasMenu}
      {...(author === null ? {} : { author: <bdi>{author}</bdi> })}
      failure={<Failure message={message} />}
    />
  );
}, sameBubble);

/** Why a message failed, in words, with what to do. */
function Failure({ message: { failure, metaCodes } }: { message: ThreadMessage }) {
  const { inbox } = useTexts();
  const { why, what } = inbox.failures[failure ?? "unknown"];
  const [code] = metaCodes;
  return (
    <div className="failure">
      <p>{why}</p>
      <p>
        <b>{what}</b>
      </p>
      {code !== undefined && <small className="number">{inbox.code(code)}</small>}
    </div>
  );
}

/** The row with the file from the console's own address. */
function withFile(row: Row, { fileUrl, content }: ThreadMessage): Row {
  if (fileUrl === null || content?.kind !== "media") return row;
  const file = { ...content.file, url: fileUrl };
  return { ...row, message: { ...row.message, content: { ...content, file } } };
}

/** Rows are made anew with each change of the view; a bubble that would look the same is not drawn again. */
function sameBubble({ item: a, ...before }: Props, { item: b, ...now }: Props): boolean {
  return (
    a.message === b.message &&
    a.follows === b.follows &&
    before.hasMenu === now.hasMenu &&
    a.row.status === b.row.status &&
    a.row.quoted === b.row.quoted &&
    a.row.reactions.customer === b.row.reactions.customer &&
    a.row.reactions.business === b.row.reactions.business &&
    a.row.reactions.businessAuthor === b.row.reactions.businessAuthor &&
    a.row.tapped.size === b.row.tapped.size
  );
}
