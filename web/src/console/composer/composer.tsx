import { lazy, Suspense } from "react";
import type { ConversationProps } from "../outbox/conversation-props.ts";

const load = () => import("./writing.tsx");
const Writing = lazy(() => load().then(({ Writing }) => ({ default: Writing })));

/** Lists come first; by then the connection may be gone, so it does not wait for a conversation to be opened. */
const PRELOAD_AFTER_MS = 1_000;
setTimeout(() => void load().catch(() => undefined), PRELOAD_AFTER_MS);

/** Where an operator writes: to the customer, or a note to the team. What was begun stays in memory for each conversation. */
export function Composer(props: ConversationProps) {
  return (
    <Suspense fallback={<div className="composer-space" />}>
      <Writing {...props} />
    </Suspense>
  );
}
