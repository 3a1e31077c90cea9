import { type RefObject, useEffect, useRef } from "react";

/** Time after which a touch is a long press, not a tap. */
const LONG_PRESS_MS = 500;

type Log = RefObject<HTMLDivElement | null>;

/** Selects a turn by a click anywhere on its bubble, except on links, controls and selected text. */
export function useBubbleClicks(log: Log, onTurn: (id: string) => void): void {
  useEffect(() => {
    const list = log.current;
    const onClick = (event: MouseEvent) => {
      if (!(event.target instanceof Element)) return;
      if (event.target.closest("a, button, input, summary, video")) return;
      if (getSelection()?.isCollapsed === false) return;
      const id = event.target.closest<HTMLElement>("[data-turn]")?.dataset.turn;
      if (id) onTurn(id);
    };
    list?.addEventListener("click", onClick);
    return () => list?.removeEventListener("click", onClick);
  });
}

/** Opens the menu of a message by its button, a right click or a long press. */
export function useBubbleMenu(log: Log, onOpen: (messageId: string, anchor: DOMRect) => void): void {
  const latest = useRef(onOpen);
  latest.current = onOpen;
  useEffect(() => {
    const list = log.current;
    const stopping = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const open = (event: Event, anchor = bubbleAt(event)) => {
      const id = bubbleAt(event)?.dataset.message;
      if (id === undefined || !anchor) return;
      event.preventDefault();
      latest.current(id, anchor.getBoundingClientRect());
    };
    const on = <Name extends keyof HTMLElementEventMap>(
      name: Name,
      act: (event: HTMLElementEventMap[Name]) => void,
    ) => list?.addEventListener(name, act, { signal: stopping.signal });
    on("click", (event) => {
      const { target } = event;
      const button = target instanceof Element ? target.closest<HTMLElement>(".bubble-more") : null;
      if (button) open(event, button);
    });
    on("contextmenu", (event) => {
      if (getSelection()?.isCollapsed !== false) open(event);
    });
    on("pointerdown", (event) => {
      clearTimeout(timer);
      if (event.pointerType === "touch") timer = setTimeout(() => open(event), LONG_PRESS_MS);
    });
    for (const name of ["pointerup", "pointermove", "pointercancel"] as const)
      on(name, () => clearTimeout(timer));
    return () => {
      clearTimeout(timer);
      stopping.abort();
    };
  }, [log]);
}

/** Bubble that an event happened on; null outside bubbles and on links, which have a menu of their own. */
function bubbleAt({ target }: Event): HTMLElement | null {
  if (!(target instanceof Element) || target.closest("a")) return null;
  return target.closest<HTMLElement>("[data-message]");
}

/** Scrolls to the end after a message was sent; the end of a reversed column is 0. */
export function useEndAfterSending(log: Log, sending: number): void {
  useEffect(() => {
    if (sending > 0 && log.current) log.current.scrollTop = 0;
  }, [log, sending]);
}
