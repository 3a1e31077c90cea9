import { type ReactNode, useState } from "react";
import { useAct } from "../../acts/use-act.ts";
import type { ConversationProps } from "../../outbox/conversation-props.ts";
import type { Lock } from "../../outbox/lock.ts";
import { useTexts } from "../../shell/texts.ts";
import { TemplateButton } from "../templates/template-button.tsx";

/** Says why nothing can be written, or what writing does first, with the way out. */
export function LockBar({ lock, ...props }: ConversationProps & { lock: Lock }) {
  const { locks } = useTexts().composer;
  const { row } = props.view;
  switch (lock) {
    case null:
      return null;
    case "colleague": {
      const { id = null, name = "" } = row.assignee ?? {};
      return (
        <Bar lock={lock} words={locks.colleague(name)}>
          <ActButton {...props} act="take" body={{ from: id }} label={locks.takeFrom(name)} />
        </Bar>
      );
    }
    case "closed":
      return (
        <Bar lock={lock} words={locks.closed}>
          <ActButton {...props} act="reopen" body={{}} label={locks.reopen} />
        </Bar>
      );
    case "window":
      return (
        <Bar lock={lock} words={locks.window}>
          <TemplateButton {...props} label={locks.chooseTemplate} />
        </Bar>
      );
    default:
      return <Bar lock={lock} words={locks[lock]} />;
  }
}

function Bar({ lock, words, children }: { lock: Lock; words: string; children?: ReactNode }) {
  return (
    <div className="lock-bar" data-lock={lock}>
      <p>{words}</p>
      {children}
    </div>
  );
}

interface ActButtonProps extends ConversationProps {
  act: "take" | "reopen";
  body: object;
  label: string;
}

function ActButton({ act, body, label, ...props }: ActButtonProps) {
  const run = useAct(props);
  const [busy, setBusy] = useState(false);
  return (
    <button
      type="button"
      className="button primary"
      data-act={act}
      disabled={busy}
      onClick={async () => {
        setBusy(true);
        await run(act, body);
        setBusy(false);
        document.querySelector<HTMLElement>(".write-box")?.focus();
      }}
    >
      {label}
    </button>
  );
}
