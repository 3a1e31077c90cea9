import { useEffect, useRef } from "react";
import { createLive, type Live, type LiveEvent } from "../../connection/live.ts";
import { showLive } from "../../shell/live-state.ts";
import type { Inbox } from "./inbox.ts";
import type { Filter } from "./rows.ts";

interface Shown {
  inbox: Inbox;
  tenantId: string;
  filter: Filter;
  openId: string | null;
}

/** Keeps the inbox up to date by the live stream, and tells the navigation how the stream is. */
export function useLive(shown: Shown): void {
  const { inbox, tenantId, openId } = shown;
  const latest = useRef(shown);
  latest.current = shown;
  const live = useRef<Live | null>(null);
  useEffect(() => {
    const stream = createLive({
      tenantId,
      onEvent: (event) => take(event, latest.current),
      onState: (state) => showLive({ live: state === "live" ? "live" : "reconnecting" }),
    });
    live.current = stream.watch(latest.current.openId);
    return () => {
      live.current = null;
      stream.close();
      showLive({ live: "idle", waiting: 0 });
    };
  }, [tenantId]);
  useEffect(() => {
    if (openId === null) {
      live.current?.watch(null);
      return;
    }
    let left = false;
    // The stream follows once the view is there, from where that one ends: it would compete with what is waited for.
    void inbox.open(openId).then(() => {
      const eventId = inbox.get().views.get(openId)?.view?.eventId;
      if (!left) live.current?.watch(openId, eventId);
    });
    return () => {
      left = true;
    };
  }, [inbox, openId]);
}

function take(event: LiveEvent, { inbox, filter, openId }: Shown): void {
  const { conversationId } = event;
  switch (event.name) {
    case "rows":
      inbox.rows(event.data);
      break;
    case "counts":
      showLive({ waiting: event.data.waiting });
      inbox.counts(event.data);
      break;
    case "reset":
      inbox.reset(filter, openId);
      break;
    case "stalled":
      showLive({ live: "reconnecting" });
      break;
    case "messages":
    case "turns":
    case "notes":
    case "presence":
    case "conversation":
      if (conversationId !== null) inbox.change(conversationId, { [event.name]: event.data });
  }
}
