import { useEffect, useRef, useSyncExternalStore } from "react";
import type { ShortcutName } from "./shortcuts.ts";
import { useTexts } from "./texts.ts";
import { useShortcut } from "./use-shortcut.ts";

/** An act that the palette offers. */
export interface Command {
  /** The shortcut that does the same, or a name of its own. */
  id: ShortcutName | (string & {});
  label: string;
  /** Keys to show, from the table of shortcuts. */
  shortcut?: ShortcutName;
  run(): void;
}

let sets: readonly { current: readonly Command[] }[] = [];
const listeners = new Set<() => void>();

function change(next: typeof sets): void {
  sets = next;
  for (const listener of listeners) listener();
}

/** Offers commands in the palette while the calling part is on the page; the newest part's come first. */
export function useCommands(commands: readonly Command[]): void {
  const own = useRef(commands);
  own.current = commands;
  useEffect(() => {
    change([own, ...sets]);
    return () => change(sets.filter((set) => set !== own));
  }, []);
}

/** Offers an act by its shortcut and in the palette, while the calling part is on the page. Null: not now. */
export function useKeyedAct(name: ShortcutName, run: (() => void) | null): void {
  const { shell } = useTexts();
  useShortcut(name, run);
  useCommands(run === null ? [] : [{ id: name, label: shell.shortcuts[name], shortcut: name, run }]);
}

/** All commands on offer. */
export function useOfferedCommands(): readonly Command[] {
  const now = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => sets,
  );
  return now.flatMap(({ current }) => current);
}
