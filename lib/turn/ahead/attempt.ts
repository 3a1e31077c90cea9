import type { Rung } from "../answer/ladder.ts";
import { discardCall } from "../answer/lost-call.ts";
import type { TurnTools } from "../answer/tools.ts";
import type { Said } from "../outgoing/review.ts";
import type { ComposingTurn } from "../state/turn.ts";
import { watched } from "./held.ts";
import type { LookedUp } from "./look-up.ts";

/** An attempt at a reply in progress: nothing of it is the turn's before it is kept. */
export interface Attempting {
  tools: TurnTools;
  /** The reply, or what it failed of. */
  said: Promise<Said | Error>;
  /** True when it called a tool with an effect: no other attempt may take its place. */
  hasActed(): boolean;
  /** Adds its notes so far to the turn's. */
  keep(): void;
  /** Ends it: nothing is left but its cost. */
  discard(): void;
}

/** How a rung is tried. Never throws. */
export type TryRung = (turn: ComposingTurn, rung: Rung, tools: TurnTools) => Promise<Said | Error>;

interface Beginning {
  /** Its tools, whose calls are noted in this turn; `end` ends the attempt. */
  tools(turn: ComposingTurn, end: () => void): TurnTools;
  rung(tools: TurnTools): Rung;
  /** What it waits for and reads. */
  found: Promise<LookedUp | null>;
  answer: TryRung;
}

/** Begins an attempt with notes of its own. */
export function beginAttempt(
  turn: ComposingTurn,
  { tools: toolsOf, rung: rungOf, found, answer }: Beginning,
): Attempting {
  const journal = turn.journal.branch();
  const ending = new AbortController();
  const own: ComposingTurn = { ...turn, journal };
  let acted = false;
  const bound = toolsOf(own, () => ending.abort());
  const tools = watched(bound, () => {
    acted = true;
  });
  const rung = rungOf(tools);
  const said = (async (): Promise<Said | Error> => {
    const lookedUp = await found;
    if (ending.signal.aborted) return new Error("not wanted");
    if (lookedUp) journal.toolCalls.push(lookedUp.call);
    const attempt = { ...rung, facts: lookedUp?.facts ?? null, signal: ending.signal };
    return answer(own, attempt, tools);
  })();
  return {
    tools,
    said,
    hasActed: () => acted,
    keep: () => journal.keep(),
    discard() {
      // The service may bill a call that is cut off, and tells nothing of it.
      if (journal.exchanges.isWaiting()) discardCall(rung.model, { claim: turn.claim, journal });
      journal.discard();
      ending.abort();
    },
  };
}
