import type { ChatStatus } from "../../../contracts/chat.ts";
import { usePage } from "../shared/page.tsx";

const ONE = "M1 6l3 3 6-7";
const TWO = "M7 8.6l.4.4 6-7";

/** Delivery status: a clock, one tick, two ticks, or two in colour. */
export function Ticks({ status }: { status: Exclude<ChatStatus, "failed" | "withheld"> }) {
  const { texts } = usePage();
  const label = texts.chat.statuses[status];
  return (
    <span className="ticks" data-status={status} role="img" aria-label={label} title={label}>
      <svg viewBox="0 0 15 11" aria-hidden="true">
        {status === "pending" ? (
          <path d="M7 1.2a4.3 4.3 0 1 0 0 8.6 4.3 4.3 0 0 0 0-8.6zM7 3v2.7l1.7 1" />
        ) : (
          <path d={status === "sent" ? ONE : ONE + TWO} />
        )}
      </svg>
    </span>
  );
}
