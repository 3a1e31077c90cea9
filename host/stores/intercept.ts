import type { HttpBindings } from "@hono/node-server";

/** Step between a request to a store's endpoint and its answer. Stand-ins use it to delay, replace or lose the answer. */
export type Intercept = (
  body: string,
  incoming: HttpBindings["incoming"],
  answer: () => Promise<Response>,
) => Promise<Response>;

/** Answers at once. */
export const noIntercept: Intercept = (_body, _incoming, answer) => answer();
