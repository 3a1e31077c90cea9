import { useCallback, useEffect, useReducer, useState } from "react";
import * as client from "./client.ts";
import { follow, type Link } from "./live.ts";
import { EMPTY, reduce, type Sending, type Simulation } from "./state.ts";

/** One conversation, live, and what can be done in it. */
export interface LiveSimulation {
  state: Simulation;
  link: Link;
  problem: client.Problem | null;
  dismissProblem(): void;
  send(text: string): void;
  sendAgain(failed: Sending): void;
  sendAsAgent(text: string): Promise<boolean>;
  handBack(): void;
  reset(): void;
}

function toProblem(error: unknown): client.Problem {
  return error instanceof client.Problem ? error : new client.Problem("other", "");
}

/** Follows the conversation of `user`, who is called `name`. */
export function useSimulation(user: string, name: string): LiveSimulation {
  const [state, dispatch] = useReducer(reduce, EMPTY);
  const [link, setLink] = useState<Link>("opening");
  const [problem, setProblem] = useState<client.Problem | null>(null);

  const [epoch, setEpoch] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new epoch starts over.
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
  }, [user, epoch]);

  const { typingUntilMs } = state;
  useEffect(() => {
    if (typingUntilMs === 0) return;
    const timer = setTimeout(() => dispatch({ type: "typing-ended" }), typingUntilMs - Date.now());
    return () => clearTimeout(timer);
  }, [typingUntilMs]);

  const attempt = useCallback(async (act: () => Promise<unknown>): Promise<boolean> => {
    setProblem(null);
    try {
      await act();
      return true;
    } catch (error) {
      setProblem(toProblem(error));
      return false;
    }
  }, []);

  const send = useCallback(
    async (text: string) => {
      const key = crypto.randomUUID();
      dispatch({ type: "sending", key, text, at: Date.now() });
      const sent = await attempt(async () => {
        const { waMessageId } = await client.send({ user, name, text });
        dispatch({ type: "accepted", key, waMessageId });
      });
      if (!sent) dispatch({ type: "refused", key });
    },
    [user, name, attempt],
  );

  return {
    state,
    link,
    problem,
    dismissProblem: () => setProblem(null),
    send,
    sendAgain(failed) {
      dispatch({ type: "dropped", key: failed.key });
      void send(failed.text);
    },
    sendAsAgent: (text) => attempt(() => client.sendAsAgent({ user, text })),
    handBack: () => void attempt(() => client.handBack(user)),
    reset: () =>
      void attempt(async () => {
        await client.reset(user);
        setEpoch((last) => last + 1);
      }),
  };
}
