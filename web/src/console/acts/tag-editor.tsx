import { type SyntheticEvent, useId, useState } from "react";
import type { Tags } from "../../../../contracts/console/acts.ts";
import { useTenantApi } from "../client/use-api.ts";
import type { ConversationProps } from "../outbox/conversation-props.ts";
import { useTexts } from "../shell/texts.ts";
import { useAct } from "./use-act.ts";

const MAX_TAG = 40;
const MAX_TAGS = 20;

/** Tags of a conversation: each with a way to take it off, and a field that suggests those in use. */
export function TagEditor(props: ConversationProps) {
  const { tags: words } = useTexts().composer;
  const { tags } = props.view.row;
  const act = useAct(props);
  const listId = useId();
  const [typed, setTyped] = useState("");
  // Shown at once; the answered row has the last word.
  const [pending, setPending] = useState<string[] | null>(null);
  const shown = pending ?? tags;
  const { data: known } = useTenantApi<{ tags: string[] } | string[]>("/tags");
  const suggested = (Array.isArray(known) ? known : (known?.tags ?? [])).filter(
    (tag) => !shown.includes(tag),
  );
  const save = async (next: string[]) => {
    setPending(next);
    const body: Tags = { tags: next };
    await act("tags", body);
    setPending(null);
  };
  const onSubmit = (event: SyntheticEvent) => {
    event.preventDefault();
    event.stopPropagation();
    const tag = typed.trim().replace(/\s+/gu, " ");
    if (tag === "" || shown.length >= MAX_TAGS) return;
    setTyped("");
    if (!shown.includes(tag)) void save([...shown, tag]);
  };
  return (
    <form className="tag-editor" onSubmit={onSubmit}>
      <ul className="tag-list">
        {shown.length === 0 && <li>{words.none}</li>}
        {shown.map((tag) => (
          <li key={tag} className="tag">
            {tag}
            <button
              type="button"
              aria-label={words.remove(tag)}
              onClick={() => void save(shown.filter((other) => other !== tag))}
            >
              ✕
            </button>
          </li>
        ))}
      </ul>
      <div className="tag-add">
        <input
          data-first
          value={typed}
          maxLength={MAX_TAG}
          list={listId}
          placeholder={words.placeholder}
          aria-label={words.placeholder}
          autoComplete="off"
          onChange={(event) => setTyped(event.target.value)}
        />
        <datalist id={listId}>
          {suggested.map((tag) => (
            <option key={tag} value={tag} />
          ))}
        </datalist>
        <button type="submit" className="button" disabled={typed.trim() === ""}>
          {words.add}
        </button>
      </div>
      {shown.length >= MAX_TAGS && <p role="status">{words.most}</p>}
    </form>
  );
}
