import { useState } from "react";
import type { ChatAction, ChatMessage } from "../../../../contracts/chat.ts";
import { Sheet } from "../../shared/overlay/sheet.tsx";
import { usePage } from "../../shared/page.tsx";
import { useActions } from "../actions/actions.ts";

interface Props {
  message: ChatMessage;
  action: Extract<ChatAction, { type: "list" }>;
  onClose(): void;
}

/** Rows of a list message: choose one, then send it. */
export function ListSheet({ message, action, onClose }: Props) {
  const { texts } = usePage();
  const words = texts.simulator.list;
  const actions = useActions();
  const rows = action.sections.flatMap((section) => section.rows);
  const [chosen, setChosen] = useState<string | null>(null);
  const row = rows.find(({ id }) => id === chosen);
  return (
    <Sheet title={action.button} onClose={onClose}>
      <form
        className="caption-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (row) actions.write({ type: "list_reply", ...row }, { replyTo: message.waMessageId });
          onClose();
        }}
      >
        {action.sections.map((section) => (
          <fieldset key={section.title} className="sheet-section">
            <legend className={section.title ? undefined : "unseen"}>{section.title || action.button}</legend>
            {section.rows.map(({ id, title, description }) => (
              <label key={id} className="sheet-row">
                <span>
                  <b>{title}</b>
                  {description && <small>{description}</small>}
                </span>
                <input type="radio" name="row" checked={id === chosen} onChange={() => setChosen(id)} />
              </label>
            ))}
          </fieldset>
        ))}
        <div className="sheet-buttons">
          <button type="button" className="button" onClick={onClose}>
            {words.close}
          </button>
          <button type="submit" className="button primary" disabled={!row}>
            {words.send}
          </button>
        </div>
      </form>
    </Sheet>
  );
}
