import { useEffect, useRef, useSyncExternalStore } from "react";
import { recall, remember } from "../../shared/memory.ts";
import { matches, SHORTCUTS, type ShortcutName } from "./shortcuts.ts";

/** Time between the two keys of a sequence such as `g i`. */
const SEQUENCE_MS = 1_200;

type Handler = (event: KeyboardEvent) => void;

// The newest handler of a name wins: a dialog over a page takes its keys.
const handlers = new Map<ShortcutName, Handler[]>();
let first: { key: string; at: number } | null = null;

/** Runs `handler` when the keys of a shortcut are pressed, while the calling part is on the page. Null: not now. */
export function useShortcut(name: ShortcutName, handler: Handler | null): void {
  const latest = useRef(handler);
  latest.current = handler;
  const active = handler !== null;
  useEffect(() => {
    if (!active) return;
    const own: Handler = (event) => latest.current?.(event);
    handlers.set(name, [...(handlers.get(name) ?? []), own]);
    return () => {
      handlers.set(
        name,
        (handlers.get(name) ?? []).filter((other) => other !== own),
      );
    };
  }, [name, active]);
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  const name = pressed(event);
  if (name === null) return;
  const handler = handlers.get(name)?.at(-1);
  if (!handler) return;
  event.preventDefault();
  handler(event);
});

/** The shortcut that this key completes; remembers the first key of a sequence. */
function pressed(event: KeyboardEvent): ShortcutName | null {
  const withModifier = event.ctrlKey || event.metaKey;
  if (!withModifier && (!singleKeys() || isTyping(event.target) || isInDialog())) return null;
  const before = first !== null && event.timeStamp - first.at < SEQUENCE_MS ? first.key : null;
  first = null;
  const names = Object.keys(SHORTCUTS) as ShortcutName[];
  const found = names.find((name) => {
    const { keys, group }: { keys: string; group: string } = SHORTCUTS[name];
    if (group === "writing" && !keys.includes("mod") && keys.length > 1) return false;
    const [start, end] = keys.split(" ");
    if (end !== undefined) return before === start && matches(event, end);
    return before === null && matches(event, keys);
  });
  if (found !== undefined) return found;
  if (event.key === "g" && !withModifier) first = { key: "g", at: event.timeStamp };
  return null;
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest(
    "input:not([type=checkbox],[type=radio]), textarea, select, [contenteditable], [role=menu]",
  ) !== null;

const isInDialog = (): boolean => document.querySelector("dialog:modal") !== null;

const listeners = new Set<() => void>();
const singleKeys = (): boolean => recall("single-keys") !== "off";

/** Shortcuts of one key can be switched off: voice control and clumsy keyboards press them unawares (WCAG 2.1.4). */
export function useSingleKeys(): [on: boolean, set: (on: boolean) => void] {
  const on = useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, singleKeys);
  const set = (next: boolean) => {
    remember("single-keys", next ? "on" : "off");
    for (const listener of listeners) listener();
  };
  return [on, set];
}
