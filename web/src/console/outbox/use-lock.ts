import { useEffect, useState } from "react";
import type { ConversationRow } from "../../../../contracts/console/inbox.ts";
import { useSession, useTenant } from "../client/session.tsx";
import { type Lock, lockOf } from "./lock.ts";

/** Longest delay that timers can wait. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/** Lock of the open conversation for this operator; it changes by itself when the window closes. */
export function useLock(row: ConversationRow): Lock {
  const { me } = useSession();
  const { role } = useTenant();
  const [now, setNow] = useState(Date.now);
  const endsInMs = row.windowEndsAt === null ? 0 : row.windowEndsAt - Date.now();
  useEffect(() => {
    setNow(Date.now());
    if (endsInMs <= 0) return;
    const timer = setTimeout(() => setNow(Date.now()), Math.min(endsInMs + 50, MAX_DELAY_MS));
    return () => clearTimeout(timer);
    // The time left changes with every look; the window's end does not.
    // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  }, [row.windowEndsAt]);
  return lockOf(row, me.id, role, Math.max(now, Date.now()));
}
