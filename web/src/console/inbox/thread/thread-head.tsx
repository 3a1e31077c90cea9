import type { ReactNode } from "react";
import type { ConversationRow } from "../../../../../contracts/console/inbox.ts";
import { usePage } from "../../../shared/page.tsx";
import { useTexts } from "../../shell/texts.ts";
import { initialOf, nameOf } from "../lists/row-words.ts";
import { WindowClock } from "./window-clock.tsx";

interface Props {
  row: ConversationRow;
  panelOpen: boolean;
  onBack(): void;
  onPanel(): void;
  /** Buttons of what may be done. */
  children: ReactNode;
}

/** Who the customer is, how long the window is open, and what may be done. */
export function ThreadHead({ row, panelOpen, onBack, onPanel, children }: Props) {
  const { inbox: words } = useTexts();
  const { texts } = usePage();
  const name = nameOf(row, words.unnamed);
  const more = [row.phone === name ? null : row.phone, row.language && texts.languages[row.language]];
  return (
    <header className="thread-head">
      <button type="button" className="thread-back" aria-label={words.back} onClick={onBack}>
        <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
          <path d="M15 5l-7 7 7 7" />
        </svg>
      </button>
      <span className="face" aria-hidden="true">
        {initialOf(name)}
      </span>
      <div className="thread-who">
        <h2 tabIndex={-1} id="conversation-name">
          <bdi>{name}</bdi>
        </h2>
        <p className="number">{more.filter(Boolean).join(" · ")}</p>
      </div>
      <WindowClock endsAt={row.windowEndsAt} />
      <button
        type="button"
        className="thread-panel"
        aria-pressed={panelOpen}
        aria-label={words.showPanel}
        title={words.showPanel}
        onClick={onPanel}
      >
        <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
          <path d="M4 5h16v14H4zM14.5 5v14" />
        </svg>
      </button>
      <div className="thread-acts">{children}</div>
    </header>
  );
}
