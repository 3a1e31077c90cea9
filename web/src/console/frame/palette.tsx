import "./palette.css";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useLocation } from "wouter";
import { useMay, useTenant } from "../client/session.tsx";
import { type Command, useOfferedCommands } from "../shell/commands.ts";
import { Dialog } from "../shell/dialog.tsx";
import { conversationHref, PAGES, pageHref } from "../shell/pages.ts";
import { SHORTCUTS } from "../shell/shortcuts.ts";
import { useTexts } from "../shell/texts.ts";
import { Caps } from "./caps.tsx";
import { useFound } from "./use-found.ts";

interface Choice extends Command {
  /** Second line: words that were found, or a number. */
  more?: string;
}

/** Finds acts, pages and conversations from the keyboard. */
export default function Palette({ onClose }: { onClose(): void }) {
  const { shell } = useTexts();
  const [words, setWords] = useState("");
  const { choices, searching } = useChoices(words);
  const [at, setAt] = useState(0);
  const list = useId();
  // biome-ignore lint/correctness/useExhaustiveDependencies: other words, other choices.
  useEffect(() => setAt(0), [words]);
  const run = (choice: Choice | undefined) => {
    if (!choice) return;
    onClose();
    // After the dialog gave the focus back, so that what the act opens keeps it.
    setTimeout(() => choice.run());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter" && !event.nativeEvent.isComposing) run(choices[at]);
    else if (step === undefined) return;
    else setAt((choices.length + at + step) % Math.max(1, choices.length));
    event.preventDefault();
  };
  return (
    <Dialog title={shell.shortcuts.palette} onClose={onClose} shape="top">
      <input
        data-first
        className="palette-input"
        role="combobox"
        aria-label={shell.paletteHint}
        aria-expanded={choices.length > 0}
        aria-controls={list}
        aria-activedescendant={choices[at] ? `${list}-${at}` : undefined}
        placeholder={shell.paletteHint}
        autoComplete="off"
        spellCheck={false}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <p className="palette-state" role="status">
        {searching ? shell.searching : choices.length === 0 ? shell.nothingFound : ""}
      </p>
      <Choices id={list} choices={choices} at={at} onPoint={setAt} onChoose={run} />
    </Dialog>
  );
}

interface ChoicesProps {
  id: string;
  choices: readonly Choice[];
  at: number;
  onPoint(index: number): void;
  onChoose(choice: Choice): void;
}

function Choices({ id, choices, at, onPoint, onChoose }: ChoicesProps) {
  const { shell } = useTexts();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Newer browsers give back a promise, which is no clean-up.
    void box.current?.children[at]?.scrollIntoView({ block: "nearest" });
  }, [at]);
  return (
    <div className="palette-list" id={id} role="listbox" aria-label={shell.shortcuts.palette} ref={box}>
      {choices.map((choice, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys.
        <div
          key={choice.id}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          onClick={() => onChoose(choice)}
          onPointerMove={() => onPoint(index)}
        >
          <span className="palette-label">{choice.label}</span>
          {choice.more && <span className="palette-more">{choice.more}</span>}
          {choice.shortcut && (
            <span className="palette-keys" aria-hidden="true">
              <Caps keys={SHORTCUTS[choice.shortcut].keys} />
            </span>
          )}
        </div>
      ))}
    </div>
  );
}

function useChoices(words: string): { choices: Choice[]; searching: boolean } {
  const offered = useOfferedCommands();
  const pages = usePageCommands();
  const { tenantId } = useTenant();
  const [, go] = useLocation();
  const { found, searching } = useFound(tenantId, words);
  const acts = [...offered, ...pages].filter(({ label }) => fold(label).includes(fold(words)));
  const conversations = found.map(
    (row): Choice => ({
      id: row.id,
      label: row.name ?? row.phone ?? "…",
      more: row.found?.text ?? row.phone ?? row.preview,
      run: () => go(conversationHref(tenantId, row.id)),
    }),
  );
  return { choices: [...acts, ...conversations], searching };
}

function usePageCommands(): Command[] {
  const { shell } = useTexts();
  const { tenantId } = useTenant();
  const isOwner = useMay("owner");
  const [, go] = useLocation();
  const pages = PAGES.filter(({ role }) => role === "viewer" || isOwner).map(({ name, shortcut }) => ({
    id: shortcut,
    shortcut,
    label: shell.shortcuts[shortcut],
    run: () => go(pageHref(tenantId, name)),
  }));
  const account = { id: "account", label: shell.pages.account, run: () => go("/account") };
  return [...pages, account];
}

/** Lower case without accents. */
const fold = (text: string): string => text.trim().toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
