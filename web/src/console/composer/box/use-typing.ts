import { useEffect, useMemo } from "react";
import type { SayPresence } from "../../../../../contracts/console/acts.ts";
import { api } from "../../client/api.ts";
import { useConversationPath } from "../../outbox/paths.ts";
import { createTyping, type Typing } from "./typing.ts";

/** Reports to the team that this operator is typing, at most every four seconds, and once that it stopped. */
export function useTyping(conversationId: string): Typing {
  const path = useConversationPath(conversationId)("/presence");
  const typing = useMemo(() => createTyping((typing) => report(path, typing)), [path]);
  useEffect(() => () => typing.stop(), [typing]);
  return typing;
}

// Not worth a word when it fails: the next one comes soon.
const report = (path: string, typing: boolean): void =>
  void api(path, { body: { typing } satisfies SayPresence }).catch(() => undefined);
