import "./overlay.css";
import { type ReactNode, useId, useLayoutEffect, useRef } from "react";

interface Props {
  title: string;
  onClose(): void;
  children: ReactNode;
}

/** Modal sheet at the lower edge of its frame. The focus starts at `data-first`; Escape or a click outside closes it. */
export function Sheet({ title, onClose, children }: Props) {
  const box = useRef<HTMLDialogElement>(null);
  const name = useId();
  useLayoutEffect(() => {
    const dialog = box.current;
    if (!dialog) return;
    dialog.showModal();
    dialog.querySelector<HTMLElement>("[data-first]")?.focus();
    const place = () => placeInFrame(dialog);
    place();
    window.addEventListener("resize", place);
    return () => {
      window.removeEventListener("resize", place);
      // Only closing gives the focus back; removing an open dialog does not.
      dialog.close();
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself.
    <dialog
      ref={box}
      className="sheet"
      aria-labelledby={name}
      onClose={(event) => {
        if (!event.currentTarget.open) onClose();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) event.currentTarget.close();
      }}
    >
      <div className="sheet-body">
        <h2 id={name}>{title}</h2>
        {children}
      </div>
    </dialog>
  );
}

/** Moves the dialog into the frame: by itself it is placed in the window. */
function placeInFrame(dialog: HTMLDialogElement): void {
  const frame = document.querySelector("[data-overlay-frame]")?.getBoundingClientRect();
  if (!frame) return;
  dialog.style.left = `${frame.left}px`;
  dialog.style.width = `${frame.width}px`;
  dialog.style.bottom = `${Math.max(0, window.innerHeight - frame.bottom)}px`;
}
