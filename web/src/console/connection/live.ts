/** The live stream as a page sees it: events, and whether they come. */
import type { ConsoleEvents } from "../../../../contracts/console/thread.ts";
import { isBefore } from "./event-id.ts";
import { createEventReader, type ServerEvent } from "./event-source.ts";
import { openStream } from "./open-stream.ts";
import { browser, type Surroundings } from "./surroundings.ts";

/**
 * `live`: what is shown is at most two seconds old. `reconnecting`: it may be older; nothing is to be done. `offline`: the
 * browser has no network. `signed_out` and `refused` (no longer a member) are the end: the page says so.
 */
export type LiveState = "connecting" | "live" | "reconnecting" | "offline" | "signed_out" | "refused";

/** One event; `conversationId` is the conversation that was open on this stream, for the events that are about it. */
export type LiveEvent = {
  [Name in keyof ConsoleEvents]: { name: Name; data: ConsoleEvents[Name]; conversationId: string | null };
}[keyof ConsoleEvents];

export interface LiveOptions {
  tenantId: string;
  /** Events come at least once: merge by id, where the newer copy wins. After `reset` read everything again. */
  onEvent(event: LiveEvent): void;
  onState(state: LiveState): void;
}

export interface Live {
  /**
   * Follows this conversation besides the lists; null: the lists only. `eventId` is the view's: what happened since is told, so
   * nothing between the two is lost. Absent when the view could not be read.
   */
  watch(conversationId: string | null, eventId?: string | undefined): Live;
  close(): void;
}

/** A tab that is hidden for a moment stays as it is. */
const QUIET_AFTER_MS = 5_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

/** Pause after so many failures in a row, spread so that a hundred pages do not come back at once. */
export const pauseMs = (failures: number, random: number): number =>
  Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1)) * (0.5 + random / 2);

/** Where the page is, and what it follows. */
interface Place {
  conversationId: string | null;
  /** Where the next connection goes on; null: from now. */
  lastId: string | null;
  /** Where the open conversation's events began; null: with the first id that comes. */
  since: string | null;
  quiet: boolean;
}

/** Opens the stream of a company and keeps it open, from where it stopped, until `close`. */
export function createLive(options: LiveOptions, around: Surroundings = browser): Live {
  const place: Place = { conversationId: null, lastId: null, since: null, quiet: around.isHidden() };
  const stop = new AbortController();
  let turn = new AbortController();
  const restart = (): void => turn.abort();
  const ignore = followTab(place, around, restart);
  const isClosed = () => stop.signal.aborted;
  const nextTurn = () => {
    turn = new AbortController();
    return turn.signal;
  };
  const own = { ...options, onState: onChange(options.onState, isClosed) };
  // After the first `watch`.
  queueMicrotask(() => void keepOpen(own, place, { around, isClosed, nextTurn }));
  const live: Live = {
    watch(conversationId, eventId) {
      if (go(place, conversationId, eventId)) restart();
      return live;
    },
    close() {
      stop.abort();
      ignore();
      restart();
    },
  };
  return live;
}

/** Moves to a conversation; true when the stream must be opened anew. */
function go(place: Place, conversationId: string | null, eventId?: string): boolean {
  const moved = conversationId !== place.conversationId;
  if (moved) Object.assign(place, { conversationId, since: place.lastId });
  if (!eventId || (place.since !== null && !isBefore(eventId, place.since))) return moved;
  Object.assign(place, { since: eventId, lastId: eventId });
  return true;
}

/** Quiet while the tab is hidden; a new network is tried at once. */
function followTab(place: Place, around: Surroundings, restart: () => void): () => void {
  let shown = new AbortController();
  const ignore = around.onChange((what) => {
    if (what === "network") return restart();
    shown.abort();
    shown = new AbortController();
    const { signal } = shown;
    const be = (quiet: boolean) => {
      if (signal.aborted || place.quiet === quiet) return;
      place.quiet = quiet;
      restart();
    };
    if (around.isHidden()) void around.sleep(QUIET_AFTER_MS, signal).then(() => be(true));
    else be(false);
  });
  return () => {
    shown.abort();
    ignore();
  };
}

interface Running {
  around: Surroundings;
  isClosed(): boolean;
  /** The signal that ends the next connection, or the pause before the one after it. */
  nextTurn(): AbortSignal;
}

async function keepOpen(options: LiveOptions, place: Place, running: Running): Promise<void> {
  const { around, isClosed } = running;
  let failures = 0;
  options.onState("connecting");
  while (!isClosed()) {
    const signal = running.nextTurn();
    const end = await connect(options, place, around, signal);
    if (isClosed()) return;
    if (end === "signed_out" || end === "refused") return options.onState(end);
    failures = end === "failed" ? failures + 1 : 0;
    if (end === "failed") options.onState(around.isOnline() ? "reconnecting" : "offline");
    if (end !== "changed") await around.sleep(pauseMs(failures, around.random()), signal);
  }
}

/** One connection, until it ends or `signal` aborts. */
async function connect(options: LiveOptions, place: Place, around: Surroundings, signal: AbortSignal) {
  const { conversationId, lastId, quiet } = place;
  const query = new URLSearchParams({
    ...(conversationId === null ? {} : { conversation: conversationId }),
    ...(quiet ? { quiet: "1" } : {}),
  });
  const take = ({ name, data, id }: ServerEvent): void => {
    if (signal.aborted) return;
    // Everything else says that the server reads changes again.
    options.onState(name === "stalled" ? "reconnecting" : "live");
    if (name !== null) options.onEvent({ name, data: JSON.parse(data), conversationId } as LiveEvent);
    if (id === null) return;
    place.lastId = id;
    place.since ??= id;
  };
  const end = await openStream(`/api/console/t/${options.tenantId}/events?${query}`, {
    ...{ around, signal, lastId, read: createEventReader(take) },
    onOpen: () => options.onState("live"),
    onLate: () => options.onState("reconnecting"),
  });
  return signal.aborted ? "changed" : end;
}

/** Says a state only when it is another one, and none after the end. */
function onChange(onState: (state: LiveState) => void, isClosed: () => boolean) {
  let last: LiveState | null = null;
  return (state: LiveState): void => {
    if (isClosed() || state === last) return;
    last = state;
    onState(state);
  };
}
