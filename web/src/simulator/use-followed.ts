import { type Dispatch, useEffect, useReducer, useState } from "react";
import type { Problem } from "./client.ts";
import { follow, type Link } from "./live.ts";
import { type Change, EMPTY, reduce, type Simulation } from "./state.ts";

/** One conversation as the server tells it. */
export interface Followed {
  state: Simulation;
  dispatch: Dispatch<Change>;
  link: Link;
  problem: Problem | null;
  setProblem(problem: Problem | null): void;
  /** Begins anew, as if the page had just been opened. */
  restart(): void;
}

/** Follows the conversation of `user`, and of another as soon as that changes. */
export function useFollowed(user: string): Followed {
  const [state, dispatch] = useReducer(reduce, EMPTY);
  const [link, setLink] = useState<Link>("opening");
  const [problem, setProblem] = useState<Problem | null>(null);
  const [beginning, setBeginning] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new beginning starts over.
  useEffect(() => {
    dispatch({ type: "left" });
    setLink("opening");
    return follow(user, {
      change: dispatch,
      problem: setProblem,
      link(next) {
        setLink(next);
        if (next === "live") setProblem((last) => (last?.code === "unreachable" ? null : last));
      },
    });
  }, [user, beginning]);
  useTypingEnd(state.typingUntilMs, dispatch);
  return {
    state,
    dispatch,
    link,
    problem,
    setProblem,
    restart: () => setBeginning((last) => last + 1),
  };
}

/** WhatsApp stops showing "typing…" by itself when no message comes. */
function useTypingEnd(typingUntilMs: number, dispatch: Dispatch<Change>): void {
  useEffect(() => {
    if (typingUntilMs === 0) return;
    const timer = setTimeout(() => dispatch({ type: "typing-ended" }), typingUntilMs - Date.now());
    return () => clearTimeout(timer);
  }, [typingUntilMs, dispatch]);
}
