import { useEffect, useState } from "react";
import { usePage } from "./page.tsx";

/** Puts `value` on the clipboard and says so for a moment. */
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
        // A page that is not served securely has no clipboard; the value can still be selected by hand.
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
