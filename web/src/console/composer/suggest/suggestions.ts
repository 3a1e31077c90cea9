import { drafts, writeDraft } from "../../outbox/drafts.ts";
import { KeyedStore, useKeyed } from "../../outbox/store.ts";
import { readEvents } from "./event-stream.ts";

/** A draft by the bot in the box of one conversation. */
export interface Suggestion {
  state: "streaming" | "done" | "failed";
  /** What stood in the box before, which discarding brings back. */
  before: string;
  /** What the suggestion made of the box; once edited, it is the operator's. */
  written: string;
  costUsd: number | null;
  failure: string | null;
}

const suggestions = new KeyedStore<Suggestion | null>(null);
const stopping = new Map<string, AbortController>();

/** The suggestion of a conversation, in a component. */
export const useSuggestion = (conversationId: string): Suggestion | null =>
  useKeyed(suggestions, conversationId);

/** Asks the server for a draft. Rejects with the client's error. */
export type AskForDraft = (signal: AbortSignal) => Promise<Response>;

/** Streams a draft into the box, below `kept`. Words that were not checked never stay: stopping or a failure brings back what was there. */
export async function suggest(conversationId: string, kept: string, ask: AskForDraft): Promise<void> {
  stopping.get(conversationId)?.abort();
  const stop = new AbortController();
  stopping.set(conversationId, stop);
  const before = drafts.get(conversationId).text.message;
  const start = kept === "" ? "" : `${kept.trimEnd()}\n\n`;
  const note = (change: Partial<Suggestion>) =>
    suggestions.change(conversationId, (now) => (now ? { ...now, ...change } : now));
  const write = (text: string) => {
    // Words that were on their way when it was stopped.
    if (stop.signal.aborted) return;
    writeDraft(conversationId, start + text, "message");
    note({ written: start + text });
  };
  const fail = (failure: string) => {
    writeDraft(conversationId, before, "message");
    note({ state: "failed", failure });
  };
  suggestions.set(conversationId, {
    state: "streaming",
    before,
    written: before,
    costUsd: null,
    failure: null,
  });
  try {
    const response = await ask(stop.signal);
    const done = await follow(response, write);
    if (stop.signal.aborted) return;
    if ("failure" in done) return fail(done.failure);
    write(done.text);
    note({ state: "done", costUsd: done.costUsd });
  } catch (error) {
    if (!stop.signal.aborted) fail(codeOf(error));
  } finally {
    if (stopping.get(conversationId) === stop) stopping.delete(conversationId);
  }
}

type Done = { text: string; costUsd: number | null } | { failure: string };

/** Reads the stream to its end; `write` gets all words so far. */
async function follow(response: Response, write: (text: string) => void): Promise<Done> {
  let text = "";
  if (!response.body) return { failure: "other" };
  for await (const { name, data } of readEvents(response.body)) {
    const value = JSON.parse(data);
    if (name === "delta") {
      text += String(value.text);
      write(text);
    }
    if (name === "done") return { text: String(value.text), costUsd: value.costUsd ?? null };
    if (name === "failed") return { failure: String(value.code) };
  }
  return { failure: "offline" };
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "other";

/** Stops a running suggestion, or discards a finished one: the box is as it was before. */
export function discardSuggestion(conversationId: string): void {
  const suggestion = suggestions.get(conversationId);
  stopping.get(conversationId)?.abort();
  if (suggestion && suggestion.state !== "failed") writeDraft(conversationId, suggestion.before, "message");
  forgetSuggestion(conversationId);
}

/** Drops the bar and keeps the words, which are the operator's now. */
export function forgetSuggestion(conversationId: string): void {
  suggestions.set(conversationId, null);
}
