/** Ports of the console: who may come in. */
import type { Membership } from "../../../contracts/console/access.ts";

/** The operator behind a request, as the session says. */
export interface SignedIn {
  sessionId: string;
  operatorId: string;
  email: string;
  name: string;
  language: Membership["language"] | null;
  memberships: Membership[];
}

export interface Sessions {
  /** The operator of a session that has not ended, by the hash of its token (hex); counts as seen. */
  find(tokenHash: string): Promise<SignedIn | null>;
}
