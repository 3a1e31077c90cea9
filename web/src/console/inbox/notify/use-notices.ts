import { useCallback, useEffect, useRef, useState } from "react";
import { recall, remember } from "../../../shared/memory.ts";
import { useTexts } from "../../shell/texts.ts";
import { useToasts } from "../../shell/toasts.tsx";
import { useInboxState } from "../state/use-inbox.tsx";
import { showBadge } from "./badge.ts";
import { allowSound, playTone } from "./sound.ts";
import { isNewHandoff, type Known, knownOf } from "./waiting.ts";

const SETTING = "console.notify";

/** Choice of this browser: whether new handoffs are announced outside the page. */
export interface Notices {
  on: boolean;
  /** The browser forbids notifications; the sound works all the same. */
  blocked: boolean;
  toggle(): void;
}

/** Announces new handoffs: to screen readers always, by notification and sound when the operator has switched them on. */
export function useNotices(): Notices {
  const { rows, counts } = useInboxState();
  const { inbox: words } = useTexts();
  const { say } = useToasts();
  const [on, setOn] = useState(() => recall(SETTING) === "on");
  const [permission, setPermission] = useState(permissionNow);
  const known = useRef<Known | null>(null);
  const began = useRef(Date.now());
  const count = counts?.waiting ?? 0;
  useEffect(() => {
    if (counts === null) return;
    const now = knownOf(rows, counts);
    const before = known.current;
    known.current = now;
    if (before === null || !isNewHandoff(before, now, rows, began.current)) return;
    const waiting = Math.max(1, now.waiting);
    say(words.notify.said(waiting));
    if (on) announce(words.notify.title, words.notify.body(waiting));
  }, [rows, counts, on, say, words]);
  useTabBadge(count);
  useSoundAfterPress(on);
  const toggle = useCallback(() => {
    const next = recall(SETTING) !== "on";
    remember(SETTING, next ? "on" : "off");
    setOn(next);
    if (!next) return;
    allowSound();
    playTone();
    if (permissionNow() === "default") void Notification.requestPermission().then(setPermission);
  }, []);
  return { on, blocked: permission === "denied", toggle };
}

const permissionNow = (): NotificationPermission =>
  "Notification" in window ? Notification.permission : "denied";

/** Nothing of a customer is shown outside the page. */
function announce(title: string, body: string): void {
  playTone();
  if (permissionNow() !== "granted" || document.hasFocus()) return;
  try {
    const notification = new Notification(title, { body, tag: "chasqui-waiting" });
    notification.onclick = () => {
      window.focus();
      notification.close();
    };
  } catch {
    // Android's browsers allow notifications to service workers only.
  }
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
