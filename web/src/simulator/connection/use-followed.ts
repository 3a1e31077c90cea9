import { type Dispatch, useEffect, useReducer, useState } from "react";
import type { Problem } from "./client.ts";
import { follow, type Link } from "./follow.ts";
import { type Change, EMPTY, reduce, type Simulation } from "./state.ts";

/** One conversation, kept up to date by the server. */
export interface Followed {
  state: Simulation;
  dispatch: Dispatch<Change>;
  link: Link;
  problem: Problem | null;
  setProblem(problem: Problem | null): void;
  /** Starts over, as if the page had just been opened. */
  restart(): void;
}

/** Follows the conversation of one customer. */
export function useFollowed(phone: string): Followed {
  const [state, dispatch] = useReducer(reduce, EMPTY);
  const [link, setLink] = useState<Link>("opening");
  const [problem, setProblem] = useState<Problem | null>(null);
  const [starts, setStarts] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a restart follows again.
  useEffect(() => {
    dispatch({ type: "left" });
    setLink("opening");
    return follow(phone, {
      change: dispatch,
      problem: setProblem,
      link(next) {
        setLink(next);
        if (next === "live") setProblem((last) => (last?.code === "unreachable" ? null : last));
      },
    });
  }, [phone, starts]);
  useTypingEnd(state.typingUntilMs, dispatch);
  return {
    state,
    dispatch,
    link,
    problem,
    setProblem,
    restart: () => setStarts((last) => last + 1),
  };
}

/** Ends "typing…" when no message arrives, as WhatsApp does. */
function useTypingEnd(typingUntilMs: number, dispatch: Dispatch<Change>): void {
  useEffect(() => {
    if (typingUntilMs === 0) return;
    const timer = setTimeout(() => dispatch({ type: "typing-ended" }), typingUntilMs - Date.now());
    return () => clearTimeout(timer);
  }, [typingUntilMs, dispatch]);
}
