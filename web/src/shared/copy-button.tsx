import "./copy-button.css";
import { useEffect, useState } from "react";
import { usePage } from "./page.tsx";

/** Button that copies `value` and confirms it for two seconds. */
export function CopyButton({ value, label }: { value: string; label: string }) {
  const { texts } = usePage();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <button
      type="button"
      className="copy-button"
      aria-label={`${texts.copy}: ${label}`}
      onClick={() => {
        // Pages without HTTPS have no clipboard; the value can still be selected by hand.
        navigator.clipboard?.writeText(value).then(
          () => setCopied(true),
          () => setCopied(false),
        );
      }}
    >
      <span aria-live="polite">{copied ? `✓ ${texts.copied}` : texts.copy}</span>
    </button>
  );
}
