import { useEffect, useRef, useState } from "react";
import { recall, remember } from "../../../shared/memory.ts";
import { useTenant } from "../../client/session.tsx";
import { useTexts } from "../../shell/texts.ts";
import { useToasts } from "../../shell/toasts.tsx";
import { pathOf } from "../state/paths.ts";
import { useInbox, useInboxState } from "../state/use-inbox.tsx";
import { showBadge } from "./badge.ts";
import {
  clearNotifications,
  type Permission,
  permissionNow,
  prepareNotifications,
  showNotification,
} from "./notification.ts";
import { allowSound, playTone } from "./sound.ts";
import { type Known, knownOf, newHandoffs } from "./waiting.ts";

const SETTING = "console.notify";

/** Choice of this browser: whether new handoffs are announced outside the page. */
export interface Notices {
  on: boolean;
  /** Why there is only the sound; null: there are notifications too. */
  obstacle: string | null;
  toggle(): void;
}

/** Announces new handoffs: to screen readers always, by notification and sound when the operator has switched them on. */
export function useNotices(): Notices {
  const { inbox: words } = useTexts();
  const { say, show } = useToasts();
  const { tenantId } = useTenant();
  const [on, setOn] = useState(() => recall(SETTING) === "on");
  const [permission, setPermission] = useState(permissionNow);
  const waiting = useInboxState().counts?.waiting ?? 0;
  useNewHandoffs((id, count) => {
    say(words.notify.said(count));
    if (!on) return;
    playTone();
    const path = pathOf({ list: "waiting", tag: null, conversationId: id });
    if (!document.hasFocus())
      void showNotification(words.notify.title, words.notify.body(count), `/${tenantId}${path}`);
  });
  useTabBadge(waiting);
  useSoundAfterPress(on);
  useClearing(on, waiting);
  const obstacleOf = (now: Permission) => (isObstacle(now) ? words.notify[OBSTACLES[now]] : null);
  const tell = (now: Permission) => {
    setPermission(now);
    const obstacle = obstacleOf(now);
    if (obstacle !== null) show({ text: obstacle });
  };
  const toggle = () => {
    const next = recall(SETTING) !== "on";
    remember(SETTING, next ? "on" : "off");
    setOn(next);
    if (!next) return;
    allowSound();
    playTone();
    const now = permissionNow();
    if (now === "default") void Notification.requestPermission().then(tell);
    else tell(now);
  };
  return { on, obstacle: obstacleOf(permission), toggle };
}

const OBSTACLES = { denied: "blocked", unsupported: "unsupported" } as const;
const isObstacle = (now: Permission): now is keyof typeof OBSTACLES => now in OBSTACLES;

/** Calls back for each new handoff with its conversation, null when there are several or it is not known, and how many wait. */
function useNewHandoffs(onNew: (id: string | null, waiting: number) => void): void {
  const { inbox } = useInbox();
  const { rows, counts } = useInboxState();
  const known = useRef<Known | null>(null);
  const began = useRef(Date.now());
  const latest = useRef(onNew);
  latest.current = onNew;
  useEffect(() => {
    if (counts === null) return;
    const now = knownOf(rows.values(), counts);
    const before = known.current;
    known.current = now;
    if (before === null) return;
    const count = Math.max(1, now.waiting);
    const fresh = newHandoffs(before, rows.values(), began.current);
    if (fresh.length > 0) return latest.current(fresh.length === 1 ? (fresh[0] ?? null) : null, count);
    if (now.waiting <= before.waiting) return;
    // A hidden tab hears the number alone: the row, once it is read, is new.
    void inbox.readWaiting().then((read) => {
      if (newHandoffs(now, read, began.current).length === 0) latest.current(null, count);
    });
  }, [inbox, rows, counts]);
}

/** Readies notifications, and takes them away when the page is looked at or nobody waits any more. */
function useClearing(on: boolean, waiting: number): void {
  useEffect(() => {
    if (!on) return;
    void prepareNotifications();
    const clear = () => void clearNotifications();
    window.addEventListener("focus", clear);
    return () => window.removeEventListener("focus", clear);
  }, [on]);
  useEffect(() => {
    if (waiting === 0) void clearNotifications();
  }, [waiting]);
}

/** The page's parts set the title too: the number is put in front of whatever they set. */
function useTabBadge(count: number): void {
  useEffect(() => {
    showBadge(count);
    const title = document.querySelector("title");
    if (!title) return;
    const observer = new MutationObserver(() => {
      if (!document.title.startsWith(count > 0 ? "(" : "")) showBadge(count);
    });
    observer.observe(title, { childList: true });
    return () => observer.disconnect();
  }, [count]);
  useEffect(() => () => showBadge(0), []);
}

/** After a reload, sound is allowed with the first press on the page. */
function useSoundAfterPress(on: boolean): void {
  useEffect(() => {
    if (!on) return;
    const stopping = new AbortController();
    const once = { once: true, signal: stopping.signal };
    document.addEventListener("pointerdown", allowSound, once);
    document.addEventListener("keydown", allowSound, once);
    return () => stopping.abort();
  }, [on]);
}
