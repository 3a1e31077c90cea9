import { type RefObject, useEffect } from "react";

/** Clicking anywhere on a bubble is a short cut for its own button; links and marked text keep their meaning. */
export function useBubbleClicks(log: RefObject<HTMLDivElement | null>, onTurn: (id: string) => void): void {
  useEffect(() => {
    const list = log.current;
    const onClick = (event: MouseEvent) => {
      if (!(event.target instanceof Element) || event.target.closest("a, button")) return;
      if (getSelection()?.isCollapsed === false) return;
      const id = event.target.closest<HTMLElement>("[data-turn]")?.dataset.turn;
      if (id) onTurn(id);
    };
    list?.addEventListener("click", onClick);
    return () => list?.removeEventListener("click", onClick);
  });
}

/** What the reader has just sent is to be seen, wherever they had scrolled; the end of a reversed column is 0. */
export function useEndAfterSending(log: RefObject<HTMLDivElement | null>, sending: number): void {
  useEffect(() => {
    if (sending > 0 && log.current) log.current.scrollTop = 0;
  }, [log, sending]);
}
