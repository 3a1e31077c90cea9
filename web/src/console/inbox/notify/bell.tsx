import { useTexts } from "../../shell/texts.ts";
import { useNotices } from "./use-notices.ts";

/** Switches notifications and sound for new handoffs on and off. */
export function Bell() {
  const { inbox } = useTexts();
  const { on, obstacle, toggle } = useNotices();
  const words = inbox.notify;
  const label = on ? words.on : words.off;
  const title = (on && obstacle) || label;
  return (
    <button
      type="button"
      className="bell"
      aria-pressed={on}
      aria-label={label}
      title={title}
      onClick={toggle}
    >
      <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M6 16.5V11a6 6 0 1 1 12 0v5.5l1.5 2h-15zM10 21h4" />
        {!on && <path d="M4 4l16 16" />}
      </svg>
    </button>
  );
}
