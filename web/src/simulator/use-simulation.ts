import { useRef } from "react";
import type { SimFile, SimMediaType, SimUploaded, SimWritten } from "../api.ts";
import * as client from "./client.ts";
import type { Sending } from "./state.ts";
import { type Followed, useFollowed } from "./use-followed.ts";

/** One conversation, live, and what can be done in it. */
export interface LiveSimulation extends Pick<Followed, "state" | "link" | "problem"> {
  dismissProblem(): void;
  /** Says what is wrong with something that the reader did. */
  complain(message: string): void;
  send(message: SimWritten, options?: { replyTo?: string | null; file?: SimFile | null }): Promise<void>;
  /** Null when it was not taken. */
  upload(type: SimMediaType, file: File): Promise<SimUploaded | null>;
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

  const send: LiveSimulation["send"] = async (message, { replyTo = null, file = null } = {}) => {
    sent.current += 1;
    const key = `sending-${sent.current}`;
    dispatch({ type: "sending", sending: { key, message, replyTo, file, at: Date.now() } });
    const accepted = await attempt(async () => {
      const quote = replyTo === null ? {} : { replyTo };
      const { waMessageId } = await client.send({ user, name: name || user, ...quote, message });
      dispatch({ type: "accepted", key, waMessageId });
    });
    if (!accepted) dispatch({ type: "refused", key });
  };

  return {
    state,
    link,
    problem,
    dismissProblem: () => setProblem(null),
    complain: (message) => setProblem(new client.Problem("refused", message)),
    send,
    sendAgain({ key, message, replyTo, file }) {
      dispatch({ type: "dropped", key });
      void send(message, { replyTo, file });
    },
    async upload(type, file) {
      let uploaded: SimUploaded | null = null;
      await attempt(async () => {
        uploaded = await client.upload(type, file);
      });
      return uploaded;
    },
    sendAsAgent: (text) => attempt(() => client.sendAsAgent({ user, text })),
    handBack: () => attempt(() => client.handBack(user)),
    reset: () => attempt(() => client.reset(user).then(restart)),
  };
}
