/** The console's API: acts that customers confirm. Paths are below `/api/console`. */
import type { ActState } from "../../lib/types/turn/acts.ts";

/** An act of a conversation. */
export interface CustomerAct {
  id: string;
  tool: string;
  /** What the customer was asked. */
  question: string;
  /** What goes to the company's system: field → value in words. */
  input: readonly { field: string; value: string }[];
  state: ActState;
  code: string | null;
  /** Epoch milliseconds. */
  askedAt: number;
  /** Name of who approved or refused it. */
  decidedBy: string | null;
}

/** `GET /t/:tenant/conversations/:id/acts`; also the answer to `POST …/acts/:act/approve` and `…/refuse`, which have no body. */
export interface CustomerActsView {
  acts: CustomerAct[];
}
