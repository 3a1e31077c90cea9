import type { ConversationRow } from "../../../../../contracts/console/inbox.ts";
import { usePage } from "../../../shared/page.tsx";
import { textFor } from "../../../texts/texts.ts";
import { useDraft } from "../../outbox/drafts.ts";
import { useTexts } from "../../shell/texts.ts";
import { discardSuggestion, forgetSuggestion, type Suggestion, useSuggestion } from "./suggestions.ts";

/** Says that the words in the box are the bot's, what they cost, and takes them out again. */
export function SuggestionBar({ row }: { row: ConversationRow }) {
  const { suggest: words } = useTexts().composer;
  const suggestion = useSuggestion(row.id);
  const { text } = useDraft(row.id);
  if (!suggestion) return null;
  const { state, written } = suggestion;
  // Words that were edited are the operator's: nothing takes them away again.
  const owned = state === "failed" || (state === "done" && text.message !== written);
  const stop = () => (owned ? forgetSuggestion(row.id) : discardSuggestion(row.id));
  const label = owned ? words.hide : state === "done" ? words.discard : words.stop;
  return (
    <div className="suggestion-bar" data-state={state} role={state === "failed" ? "alert" : "status"}>
      <p>
        <Words {...suggestion} />
      </p>
      <button type="button" className="link-button" onClick={stop}>
        {label}
      </button>
    </div>
  );
}

function Words({ state, costUsd, failure }: Suggestion) {
  const { suggest: words, refusals } = useTexts().composer;
  const { formats } = usePage();
  if (state === "streaming") return words.streaming;
  if (state === "done")
    return `${words.done} ${costUsd === null ? words.noCost : words.cost(formats.usd(costUsd))}`;
  const why = textFor(words.failures, failure ?? "") ?? textFor(refusals, failure ?? "");
  return [words.failed, why].filter(Boolean).join(" ");
}
