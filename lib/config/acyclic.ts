import { config } from "zod";

/**
 * Spares zod its search for cycles. It walks every new schema before its first use, and the AI SDK makes a new one for each call:
 * a third of what a call costs us. Every value that is checked here comes from JSON, which has no cycles. A schema asks for this when
 * it is made, so it has to be set before the AI SDK is loaded.
 */
config({ memoizer: { attach() {}, guard() {}, alloc: (_schema, _payload, empty) => empty } });
