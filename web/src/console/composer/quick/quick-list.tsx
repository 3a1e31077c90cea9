import "./quick-list.css";
import { useTexts } from "../../shell/texts.ts";
import type { useQuickList } from "./use-quick-list.ts";

type Props = ReturnType<typeof useQuickList>;

/** Quick replies that fit what was typed; the focus stays in the box. */
export function QuickList({ found, loaded, active, listId, choose, fill }: Props) {
  const { quick } = useTexts().composer;
  if (found.length === 0)
    return loaded && <p className="quick-none">{loaded.length === 0 ? quick.empty : quick.none}</p>;
  return (
    <div className="quick-list" role="listbox" aria-label={quick.label} id={listId} tabIndex={-1}>
      {found.map((reply, place) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the box, which keeps the focus.
        <div
          key={reply.id}
          id={`${listId}-${place}`}
          className="quick-item"
          role="option"
          tabIndex={-1}
          aria-selected={place === active}
          // Before the box loses the focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => choose(reply)}
        >
          <b>/{reply.shortcut}</b>
          <span>{fill(reply.text)}</span>
        </div>
      ))}
    </div>
  );
}
