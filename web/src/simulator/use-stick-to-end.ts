import { type RefObject, useEffect, useRef } from "react";

const NEAR_PX = 120;

/** Keeps a list at its end as its content changes, unless the reader has scrolled up to read. */
export function useStickToEnd(list: RefObject<HTMLElement | null>, content: string): void {
  const atEnd = useRef(true);
  useEffect(() => {
    const element = list.current;
    const onScroll = () => {
      if (element) atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
    };
    element?.addEventListener("scroll", onScroll, { passive: true });
    return () => element?.removeEventListener("scroll", onScroll);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the change that scrolls.
  useEffect(() => {
    const element = list.current;
    if (element && atEnd.current) element.scrollTop = element.scrollHeight;
  }, [list, content]);
}
