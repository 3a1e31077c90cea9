import "./toasts.css";
import { createContext, type ReactNode, use, useCallback, useMemo, useRef, useState } from "react";
import { useTexts } from "./texts.ts";

/** A short message at the edge of the page. */
export interface Toast {
  text: string;
  kind?: "good" | "bad";
  /** Something to do about it, e.g. undo. */
  action?: { label: string; run(): void };
}

interface Toasts {
  /** Shows a message; a screen reader says it. */
  show(toast: Toast): void;
  /** Says something to a screen reader alone. */
  say(text: string): void;
}

const ToastContext = createContext<Toasts | null>(null);
const GOOD_MS = 6_000;

/** Messages of the page; throws outside `ToastProvider`. */
export function useToasts(): Toasts {
  const toasts = use(ToastContext);
  if (!toasts) throw new Error("useToasts needs a ToastProvider above it");
  return toasts;
}

/** Provides messages and the live region that says them. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<(Toast & { id: number })[]>([]);
  const [said, setSaid] = useState("");
  const last = useRef(0);
  const close = useCallback((id: number) => setShown((all) => all.filter((one) => one.id !== id)), []);
  const toasts = useMemo<Toasts>(
    () => ({
      show(toast) {
        last.current += 1;
        const id = last.current;
        setShown((all) => [...all.slice(-2), { ...toast, id }]);
        setSaid(toast.text);
        // What went wrong, and what can be done about, stays until it is closed.
        if (toast.kind !== "bad" && !toast.action) setTimeout(() => close(id), GOOD_MS);
      },
      say: setSaid,
    }),
    [close],
  );
  return (
    <ToastContext value={toasts}>
      {children}
      <div className="unseen" role="status" aria-live="polite">
        {said}
      </div>
      <div className="toasts">
        {shown.map((toast) => (
          <ToastCard key={toast.id} toast={toast} onClose={() => close(toast.id)} />
        ))}
      </div>
    </ToastContext>
  );
}

function ToastCard({ toast, onClose }: { toast: Toast; onClose(): void }) {
  const { shell } = useTexts();
  return (
    <div className="toast" data-kind={toast.kind ?? "good"}>
      <p>{toast.text}</p>
      {toast.action && (
        <button
          type="button"
          className="toast-action"
          onClick={() => {
            toast.action?.run();
            onClose();
          }}
        >
          {toast.action.label}
        </button>
      )}
      <button type="button" className="toast-close" aria-label={shell.close} onClick={onClose}>
        ✕
      </button>
    </div>
  );
}
