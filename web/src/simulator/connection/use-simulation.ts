import { useRef } from "react";
import type { ChatFile, ChatMediaType } from "../../../../contracts/chat.ts";
import type { SimUploaded, SimWritten } from "../../../../contracts/simulator.ts";
import * as client from "./client.ts";
import type { Sending } from "./state.ts";
import { type Followed, useFollowed } from "./use-followed.ts";

/** One live conversation and its operations. */
export interface LiveSimulation extends Pick<Followed, "state" | "link" | "problem"> {
  dismissProblem(): void;
  /** Shows a problem with something that was just done. */
  complain(message: string): void;
  send(message: SimWritten, options?: { replyTo?: string | null; file?: ChatFile | null }): Promise<void>;
  /** Null when the upload failed. */
  upload(type: ChatMediaType, file: File): Promise<SimUploaded | null>;
  sendAgain(failed: Sending): void;
  /** True when the message was sent. */
  sendAsOperator(text: string): Promise<boolean>;
  handBack(): Promise<boolean>;
  reset(): Promise<boolean>;
}

/** Follows the conversation of one customer; a failed operation becomes its `problem`. */
export function useSimulation(phone: string, name: string): LiveSimulation {
  const { state, dispatch, link, problem, setProblem, restart } = useFollowed(phone);
  const sent = useRef(0);

  async function attempt(operation: () => Promise<unknown>): Promise<boolean> {
    setProblem(null);
    try {
      await operation();
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
      const { waMessageId } = await client.send({ phone, name: name || phone, ...quote, message });
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
    sendAsOperator: (text) => attempt(() => client.sendAsOperator({ phone, text })),
    handBack: () => attempt(() => client.handBack(phone)),
    reset: () => attempt(() => client.reset(phone).then(restart)),
  };
}
