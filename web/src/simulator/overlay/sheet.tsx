import "./overlay.css";
import { type ReactNode, useId, useLayoutEffect, useRef } from "react";

interface Props {
  title: string;
  onClose(): void;
  children: ReactNode;
}

/** A sheet that rises from the phone's lower edge. The focus begins at `data-first`, stays in it, and goes back; Escape or a press outside closes it. */
export function Sheet({ title, onClose, children }: Props) {
  const box = useRef<HTMLDialogElement>(null);
  const name = useId();
  useLayoutEffect(() => {
    const dialog = box.current;
    if (!dialog) return;
    dialog.showModal();
    dialog.querySelector<HTMLElement>("[data-first]")?.focus();
    const follow = () => overPhone(dialog);
    follow();
    window.addEventListener("resize", follow);
    return () => {
      window.removeEventListener("resize", follow);
      // Closing gives the focus back; being removed while open would not.
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

/** A dialog knows only the window: told where the phone is, it rises inside it. */
function overPhone(dialog: HTMLDialogElement): void {
  const phone = document.querySelector(".phone")?.getBoundingClientRect();
  if (!phone) return;
  dialog.style.left = `${phone.left}px`;
  dialog.style.width = `${phone.width}px`;
  dialog.style.bottom = `${Math.max(0, window.innerHeight - phone.bottom)}px`;
}
