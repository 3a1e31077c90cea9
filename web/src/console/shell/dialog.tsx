import "./dialog.css";
import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { useTexts } from "./texts.ts";

interface Props {
  title: string;
  onClose(): void;
  children: ReactNode;
  /** `wide` for tables; `top` for the palette. */
  shape?: "wide" | "top";
  /** The person must decide: neither Escape nor a click outside closes it. */
  insistent?: boolean;
}

/** Modal dialog. The focus starts at `data-first` and goes back to where it was; Escape or a click outside closes it. */
export function Dialog({ title, onClose, children, shape, insistent = false }: Props) {
  const box = useRef<HTMLDialogElement>(null);
  const name = useId();
  const { shell } = useTexts();
  useLayoutEffect(() => {
    const dialog = box.current;
    if (!dialog) return;
    dialog.showModal();
    dialog.querySelector<HTMLElement>("[data-first]")?.focus();
    // Only closing gives the focus back; removing an open dialog does not.
    return () => dialog.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself.
    <dialog
      ref={box}
      className={`dialog ${shape ?? ""}`}
      aria-labelledby={name}
      onCancel={(event) => {
        if (insistent) event.preventDefault();
      }}
      onClose={(event) => {
        if (!event.currentTarget.open) onClose();
      }}
      onClick={(event) => {
        if (!insistent && event.target === event.currentTarget) event.currentTarget.close();
      }}
    >
      <div className="dialog-body">
        <header className="dialog-head">
          <h2 id={name}>{title}</h2>
          {!insistent && (
            <button type="button" className="dialog-close" aria-label={shell.close} onClick={onClose}>
              ✕
            </button>
          )}
        </header>
        {children}
      </div>
    </dialog>
  );
}
