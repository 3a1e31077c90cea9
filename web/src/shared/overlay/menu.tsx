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
  /** Position of the element that opened it. */
  anchor: DOMRect;
  label: string;
  className: string;
  onClose(): void;
  /** Elements of the role `menuitem` or `menuitemcheckbox`. */
  children: ReactNode;
}

/** Popup menu. Arrow keys move in it; Escape, Tab, a click elsewhere or a choice closes it and gives the focus back. */
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
    // Not `popover="auto"`: releasing the finger or button that opened it would close it at once.
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

/** Places the menu above its anchor, or below if there is no room; always inside the frame and the window. */
function place(menu: HTMLElement, anchor: DOMRect): void {
  const { width, height } = menu.getBoundingClientRect();
  const frame = menu.closest("[data-overlay-frame]")?.getBoundingClientRect();
  const right = Math.min(window.innerWidth, frame?.right ?? window.innerWidth) - GAP_PX;
  const left = Math.max(GAP_PX, frame?.left ?? 0, Math.min(anchor.left, right - width));
  const above = anchor.top - height - GAP_PX;
  const below = Math.min(anchor.bottom + GAP_PX, window.innerHeight - height - GAP_PX);
  menu.style.left = `${left}px`;
  menu.style.top = `${above >= GAP_PX ? above : Math.max(GAP_PX, below)}px`;
}
