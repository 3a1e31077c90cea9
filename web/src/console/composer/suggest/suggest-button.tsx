import { ActIcon } from "../../outbox/act-icon.tsx";
import type { ConversationProps } from "../../outbox/conversation-props.ts";
import { useKeyedAct } from "../../shell/commands.ts";
import { Dialog } from "../../shell/dialog.tsx";
import { useTexts } from "../../shell/texts.ts";
import { useSuggestion } from "./suggestions.ts";
import { useSuggest } from "./use-suggest.ts";

/** Asks the bot for a draft in the box. */
export function SuggestButton({ view }: ConversationProps) {
  const { suggest: words } = useTexts().composer;
  const { asking, start, ...choices } = useSuggest(view.row);
  const busy = useSuggestion(view.row.id)?.state === "streaming";
  useKeyedAct("suggest", busy || !choices.canAsk ? null : start);
  return (
    <>
      <button
        type="button"
        className="tool tool-suggest"
        aria-label={words.open}
        title={words.open}
        disabled={busy || !choices.canAsk}
        onClick={start}
      >
        <ActIcon name="suggest" />
        <span className="tool-name">{words.open}</span>
      </button>
      {asking && <AskDialog {...choices} />}
    </>
  );
}

interface Choices {
  replace(): void;
  append(): void;
  keep(): void;
}

/** What becomes of words that are there already; they are never replaced unasked. */
export function AskDialog({ replace, append, keep }: Choices) {
  const { suggest: words } = useTexts().composer;
  return (
    <Dialog title={words.ask} onClose={keep}>
      <div className="dialog-buttons">
        <button type="button" className="button" data-first onClick={keep}>
          {words.keep}
        </button>
        <button type="button" className="button" onClick={append}>
          {words.append}
        </button>
        <button type="button" className="button primary" onClick={replace}>
          {words.replace}
        </button>
      </div>
    </Dialog>
  );
}
