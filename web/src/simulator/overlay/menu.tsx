import "./overlay.css";
import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from "react";

const GAP_PX = 8;
const STEPS: Readonly<Record<string, "next" | "previous" | "first" | "last">> = {
  ArrowRight: "next",
  ArrowDown: "next",
  ArrowLeft: "previous",
  ArrowUp: "previous",
  Home: "first",
  End: "last",
};

interface Props {
  /** What it was opened from: it stands beside it, and gets the focus back. */
  anchor: DOMRect;
  label: string;
  className: string;
  onClose(): void;
  /** Elements of the role `menuitem` or `menuitemcheckbox`. */
  children: ReactNode;
}

/** A menu over everything else. Arrows move in it; Escape, Tab, a press elsewhere or a choice closes it. */
export function Menu({ anchor, label, className, onClose, children }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useLayoutEffect(() => {
    const menu = box.current;
    const before = document.activeElement;
    if (!menu) return;
    if (!menu.matches(":popover-open")) menu.showPopover();
    place(menu, anchor);
    items(menu)[0]?.focus();
    const stopping = new AbortController();
    const shut = () => close.current();
    // Not `popover="auto"`: lifting the finger or button that opened it would close it at once.
    const outside = ({ target }: Event) => target instanceof Node && !menu.contains(target) && shut();
    document.addEventListener("pointerdown", outside, { signal: stopping.signal });
    window.addEventListener("resize", shut, { signal: stopping.signal });
    return () => {
      stopping.abort();
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, [anchor]);
  return (
    <div
      popover="manual"
      ref={box}
      role="menu"
      tabIndex={-1}
      aria-label={label}
      className={`menu ${className}`}
      onKeyDown={(event) => {
        move(event);
        if (event.key === "Escape" || event.key === "Tab") onClose();
      }}
      onClick={onClose}
    >
      {children}
    </div>
  );
}

function items(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>("[role^=menuitem]")];
}

function move(event: KeyboardEvent<HTMLDivElement>): void {
  const menu = event.currentTarget;
  const step = STEPS[event.key];
  if (!step) return;
  event.preventDefault();
  const all: (Element | null)[] = items(menu);
  const now = all.indexOf(document.activeElement);
  const to = { next: now + 1, previous: now - 1, first: 0, last: -1 }[step];
  items(menu)
    .at(to % all.length)
    ?.focus();
}

/** Above what it was opened from, or below where there is no room; never outside the phone or the window. */
function place(menu: HTMLElement, anchor: DOMRect): void {
  const { width, height } = menu.getBoundingClientRect();
  const phone = menu.closest(".phone")?.getBoundingClientRect();
  const right = Math.min(window.innerWidth, phone?.right ?? window.innerWidth) - GAP_PX;
  const left = Math.max(GAP_PX, phone?.left ?? 0, Math.min(anchor.left, right - width));
  const above = anchor.top - height - GAP_PX;
  const below = Math.min(anchor.bottom + GAP_PX, window.innerHeight - height - GAP_PX);
  menu.style.left = `${left}px`;
  menu.style.top = `${above >= GAP_PX ? above : Math.max(GAP_PX, below)}px`;
}
