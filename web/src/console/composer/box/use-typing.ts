import { useEffect, useMemo } from "react";
import type { SayPresence } from "../../../../../contracts/console/acts.ts";
import { api } from "../../client/api.ts";
import { useConversationPath } from "../../outbox/paths.ts";

/** Others see "typing" for some seconds after each report. */
const AGAIN_MS = 4_000;

/** Reports to the team that this operator is typing, at most every four seconds, and once that it stopped. */
export function useTyping(conversationId: string): { key(hasText: boolean): void; stop(): void } {
  const path = useConversationPath(conversationId)("/presence");
  const typing = useMemo(() => createTyping((typing) => report(path, typing)), [path]);
  useEffect(() => () => typing.stop(), [typing]);
  return typing;
}

// Not worth a word when it fails: the next one comes soon.
const report = (path: string, typing: boolean): void =>
  void api(path, { body: { typing } satisfies SayPresence }).catch(() => undefined);

/** Decides which keys are reported. */
export function createTyping(say: (typing: boolean) => void, now = Date.now): ReturnType<typeof useTyping> {
  let saidAt: number | null = null;
  const stop = () => {
    if (saidAt !== null) say(false);
    saidAt = null;
  };
  return {
    key(hasText) {
      if (!hasText) return stop();
      if (saidAt !== null && now() - saidAt < AGAIN_MS) return;
      saidAt = now();
      say(true);
    },
    stop,
  };
}
