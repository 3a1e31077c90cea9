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
  const { windowEndsAt } = row;
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    setNow(Date.now());
    const leftMs = (windowEndsAt ?? 0) - Date.now();
    if (leftMs <= 0) return;
    const timer = setTimeout(() => setNow(Date.now()), Math.min(leftMs + 50, MAX_DELAY_MS));
    return () => clearTimeout(timer);
  }, [windowEndsAt]);
  return lockOf(row, me.id, role, Math.max(now, Date.now()));
}
