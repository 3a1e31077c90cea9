import "./search.css";
import { useRef } from "react";
import { NavIcon } from "../../shell/icons.tsx";
import { SHORTCUTS } from "../../shell/shortcuts.ts";
import { useTexts } from "../../shell/texts.ts";
import { useShortcut } from "../../shell/use-shortcut.ts";

interface Props {
  words: string;
  onWords(words: string): void;
  /** Arrow down leads to what was found. */
  onDown(): void;
}

/** Field that finds conversations. The words never leave it for the address. */
export function SearchField({ words, onWords, onDown }: Props) {
  const { inbox } = useTexts();
  const field = useRef<HTMLInputElement>(null);
  useShortcut("search", () => field.current?.select());
  return (
    <search className="search">
      <NavIcon name="search" />
      <input
        ref={field}
        type="search"
        aria-label={inbox.search.label}
        aria-keyshortcuts={SHORTCUTS.search.keys}
        placeholder={inbox.search.placeholder}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={words}
        onChange={(event) => onWords(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown") onDown();
          else if (event.key === "Escape" && words !== "") onWords("");
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      {words === "" ? (
        <kbd className="search-key">{SHORTCUTS.search.keys}</kbd>
      ) : (
        <button
          type="button"
          className="search-clear"
          aria-label={inbox.search.clear}
          onClick={() => {
            onWords("");
            field.current?.focus();
          }}
        >
          ✕
        </button>
      )}
    </search>
  );
}
