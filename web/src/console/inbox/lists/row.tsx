import "./row.css";
import { memo, type PointerEvent } from "react";
import { Link } from "wouter";
import type { ConversationRow } from "../../../../../contracts/console/inbox.ts";
import { sameDay } from "../../../chat/day.tsx";
import { usePage } from "../../../shared/page.tsx";
import { useTexts } from "../../shell/texts.ts";
import { initialOf, nameOf, useMarks, usePreview } from "./row-words.ts";
import { Waits } from "./waits.tsx";

interface Props {
  row: ConversationRow;
  href: string;
  /** Opened beside the list. */
  isOpen: boolean;
  /** The one row that Tab reaches. */
  isCurrent: boolean;
  now: number;
  operatorId: string;
  waitTargetMin: number;
  /** It will probably be opened. */
  onAim(id: string, pressed: boolean): void;
  onFocus(id: string): void;
}

/** One conversation of a list. */
export const RowItem = memo(function RowItem(props: Props) {
  const { row, href, isOpen, isCurrent, onAim, onFocus } = props;
  const { inbox: words } = useTexts();
  const name = nameOf(row, words.unnamed);
  const focus = () => {
    onFocus(row.id);
    onAim(row.id, false);
  };
  // A finger may be about to scroll.
  const press = (event: PointerEvent) => event.pointerType === "mouse" && onAim(row.id, true);
  return (
    <li className="row" data-unread={row.unread > 0}>
      <Link
        href={href}
        className="row-link"
        data-row={row.id}
        tabIndex={isCurrent ? 0 : -1}
        aria-current={isOpen ? "true" : undefined}
        onPointerDown={press}
        onFocus={focus}
      >
        <span className="face" aria-hidden="true">
          {initialOf(name)}
        </span>
        <span className="row-top">
          <bdi className="row-name">{name}</bdi>
          <RowTime at={row.lastAt} now={props.now} />
        </span>
        <span className="row-middle">
          <Preview row={row} />
          {row.unread > 0 && (
            <span className="row-unread number">
              <span aria-hidden="true">{row.unread > 99 ? "99+" : row.unread}</span>
              <span className="unseen">{words.row.unread(row.unread)}</span>
            </span>
          )}
        </span>
        <RowFoot {...props} />
      </Link>
    </li>
  );
});

function RowTime({ at, now }: { at: number; now: number }) {
  const { texts, formats } = usePage();
  const day = sameDay(at, now)
    ? formats.time(at)
    : sameDay(at, now - 86_400_000)
      ? texts.chat.yesterday
      : formats.date(at);
  return (
    <time className="row-time number" dateTime={new Date(at).toISOString()}>
      {day}
    </time>
  );
}

function Preview({ row }: { row: ConversationRow }) {
  const { by, text } = usePreview(row);
  return (
    <span className="row-preview">
      {by !== "" && <b>{by}: </b>}
      <bdi>{text}</bdi>
    </span>
  );
}

function RowFoot({ row, now, operatorId, waitTargetMin }: Props) {
  const { inbox: words } = useTexts();
  const marks = useMarks(row, now);
  const mine = row.assignee?.id === operatorId;
  return (
    <span className="row-foot">
      {row.waitingSince !== null && row.closedAt === null && (
        <Waits since={row.waitingSince} now={now} targetMin={waitTargetMin} />
      )}
      <span className="row-owner" data-owner={row.assignee ? "human" : row.owner} data-mine={mine}>
        {mine ? words.you : (row.assignee?.name ?? words.row.owners[row.owner])}
      </span>
      {marks.map(({ kind, text }) => (
        <span key={kind} className="row-mark" data-mark={kind}>
          {text}
        </span>
      ))}
      {row.tags.map((tag) => (
        <span key={tag} className="row-tag">
          <bdi>{tag}</bdi>
        </span>
      ))}
    </span>
  );
}
