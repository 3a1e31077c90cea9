import { useRef } from "react";
import * as client from "./client.ts";
import type { Sending } from "./state.ts";
import { type Followed, useFollowed } from "./use-followed.ts";

/** One conversation, live, and what can be done in it. */
export interface LiveSimulation extends Pick<Followed, "state" | "link" | "problem"> {
  dismissProblem(): void;
  send(text: string): Promise<void>;
  sendAgain(failed: Sending): void;
  /** True when it was sent. */
  sendAsAgent(text: string): Promise<boolean>;
  handBack(): Promise<boolean>;
  reset(): Promise<boolean>;
}

/** Follows the conversation of `user`, who is called `name`; what goes wrong becomes its `problem`. */
export function useSimulation(user: string, name: string): LiveSimulation {
  const { state, dispatch, link, problem, setProblem, restart } = useFollowed(user);
  const sent = useRef(0);

  async function attempt(act: () => Promise<unknown>): Promise<boolean> {
    setProblem(null);
    try {
      await act();
      return true;
    } catch (error) {
      setProblem(error instanceof client.Problem ? error : new client.Problem("other", ""));
      return false;
    }
  }

  async function send(text: string): Promise<void> {
    sent.current += 1;
    const key = `sending-${sent.current}`;
    dispatch({ type: "sending", key, text, at: Date.now() });
    const accepted = await attempt(async () => {
      const { waMessageId } = await client.send({ user, name, text });
      dispatch({ type: "accepted", key, waMessageId });
    });
    if (!accepted) dispatch({ type: "refused", key });
  }

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
    handBack: () => attempt(() => client.handBack(user)),
    reset: () => attempt(() => client.reset(user).then(restart)),
  };
}
