/** The console's API: acts that customers confirm. Paths are below `/api/console`. */
import type { SettledHow } from "../../lib/types/console/customer-acts.ts";
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
  /** What a person did about it; `by` is null when they are no longer with the company. */
  settled: { how: SettledHow; note: string | null; at: number; by: string | null } | null;
}

/**
 * `POST …/acts/:act/settle`, of an act that failed or is unknown; the answer is as to a look. 409 `act_settled` with who was first, `act_not_open`.
 */
export interface SettleAct {
  how: SettledHow;
  note?: string;
}

/** `GET /t/:tenant/conversations/:id/acts`; also the answer to `POST …/acts/:act/approve` and `…/refuse`, which have no body. */
export interface CustomerActsView {
  acts: CustomerAct[];
}
