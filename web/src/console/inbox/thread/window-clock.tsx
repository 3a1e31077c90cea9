import { usePage } from "../../../shared/page.tsx";
import { useTexts } from "../../shell/texts.ts";
import { windowTone } from "../state/time.ts";
import { useNow } from "../state/use-now.ts";

/** Countdown of the 24 hours in which free messages are allowed. */
export function WindowClock({ endsAt }: { endsAt: number | null }) {
  const now = useNow(20_000);
  const { formats } = usePage();
  const { inbox } = useTexts();
  const { window: words } = inbox.thread;
  const tone = windowTone(endsAt, now);
  const left = formats.span((endsAt ?? now) - now);
  return (
    <span className="window-clock number" data-tone={tone} title={words.hint} role="timer">
      <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M12 21a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 8v4.7l3 2" />
      </svg>
      {tone === "closed" ? words.closed : words[tone](left)}
    </span>
  );
}
