import { useSyncExternalStore } from "react";
import { recall, remember } from "../../../shared/memory.ts";

const listeners = new Set<() => void>();
const read = (): boolean => recall("console-enter") !== "breaks";

/** Whether Enter sends; otherwise Ctrl+Enter does. */
export function useEnterSends(): [on: boolean, set: (on: boolean) => void] {
  const on = useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, read);
  const set = (next: boolean) => {
    remember("console-enter", next ? "sends" : "breaks");
    for (const listener of listeners) listener();
  };
  return [on, set];
}
