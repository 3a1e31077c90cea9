import { type SyntheticEvent, useId, useState } from "react";
import type { Tags } from "../../../../contracts/console/acts.ts";
import type { KnownTags } from "../../../../contracts/console/inbox.ts";
import { useTenantApi } from "../client/use-api.ts";
import type { ConversationProps } from "../outbox/conversation-props.ts";
import { useTexts } from "../shell/texts.ts";
import { useAct } from "./use-act.ts";

const MAX_TAG = 40;
const MAX_TAGS = 20;

/** Tags of a conversation: each with a way to take it off, and a field that suggests those in use. */
export function TagEditor(props: ConversationProps) {
  const { tags: words } = useTexts().composer;
  const { shown, save } = useTags(props);
  return (
    <div className="tag-editor">
      <ul className="tag-list">
        {shown.length === 0 && <li>{words.none}</li>}
        {shown.map((tag) => (
          <li key={tag} className="tag">
            {tag}
            <button
              type="button"
              aria-label={words.remove(tag)}
              onClick={() => save(shown.filter((other) => other !== tag))}
            >
              ✕
            </button>
          </li>
        ))}
      </ul>
      {shown.length < MAX_TAGS ? (
        <AddTag shown={shown} knownTags={props.knownTags} onAdd={(tag) => save([...shown, tag])} />
      ) : (
        <p role="status">{words.most}</p>
      )}
    </div>
  );
}

/** The tags as they will be, shown at once; the answered row has the last word. */
function useTags(props: ConversationProps): { shown: string[]; save(next: string[]): void } {
  const act = useAct(props);
  const [pending, setPending] = useState<string[] | null>(null);
  const save = async (tags: string[]) => {
    setPending(tags);
    await act("tags", { tags } satisfies Tags);
    setPending(null);
  };
  return { shown: pending ?? props.view.row.tags, save: (tags) => void save(tags) };
}

interface AddTagProps extends Pick<ConversationProps, "knownTags"> {
  shown: readonly string[];
  onAdd(tag: string): void;
}

function AddTag({ shown, knownTags, onAdd }: AddTagProps) {
  const { tags: words } = useTexts().composer;
  const { data: known = [] } = useTenantApi<KnownTags>("/tags", { revalidateIfStale: false });
  const listId = useId();
  const [typed, setTyped] = useState("");
  const onSubmit = (event: SyntheticEvent) => {
    event.preventDefault();
    const tag = typed.trim().replace(/\s+/gu, " ");
    if (tag === "") return;
    setTyped("");
    if (!shown.includes(tag)) onAdd(tag);
  };
  return (
    <form className="tag-add" onSubmit={onSubmit}>
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
        {[...new Set([...known, ...knownTags()])]
          .filter((tag) => !shown.includes(tag))
          .sort()
          .map((tag) => (
            <option key={tag} value={tag} />
          ))}
      </datalist>
      <button type="submit" className="button" disabled={typed.trim() === ""}>
        {words.add}
      </button>
    </form>
  );
}
