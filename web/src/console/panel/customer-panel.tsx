import { lazy, Suspense } from "react";
import type { ConversationProps } from "../outbox/conversation-props.ts";
import { Waiting } from "../shell/waiting.tsx";

const CustomerDetails = lazy(() =>
  import("./customer-details.tsx").then(({ CustomerDetails }) => ({ default: CustomerDetails })),
);

/** Everything about the customer beside the thread; on a phone it is a view of its own. */
export function CustomerPanel(props: ConversationProps) {
  return (
    <Suspense fallback={<Waiting />}>
      <CustomerDetails {...props} />
    </Suspense>
  );
}
