/** Ports of the console: who may come in. */
import type { Membership, Role, SessionView } from "../../../contracts/console/access.ts";

/** The operator behind a request, as the session says. */
export interface SignedIn {
  sessionId: string;
  operatorId: string;
  email: string;
  name: string;
  language: Membership["language"] | null;
  memberships: Membership[];
}

/** A session to be stored. */
export interface NewSession {
  /** SHA-256 of the token as hex, like every hash here. */
  tokenHash: string;
  device: string;
  /** Hash of the session that the browser had; it ends. */
  replaces: string | null;
}

export interface Sessions {
  /** The operator of a session that has not ended, by the hash of its token; counts as seen. */
  find(tokenHash: string): Promise<SignedIn | null>;
  start(operatorId: string, session: NewSession): Promise<void>;
  /** Sessions of an operator that have not ended, the last used first. */
  list(operatorId: string): Promise<Omit<SessionView, "current">[]>;
  /** Ends one of an operator's own sessions; false when there is none. */
  end(operatorId: string, sessionId: string): Promise<boolean>;
  endOthers(operatorId: string, keptSessionId: string): Promise<void>;
}

/** An operator's account as sign-in reads it. */
export interface Account {
  operatorId: string;
  /** As it is stored; null until an invitation is accepted with one. */
  password: string | null;
}

export interface Accounts {
  findByEmail(email: string): Promise<Account | null>;
  /** Replaces a password that is still `from`, and ends all sessions but `keptSessionId` (null: none end). False when it has changed. */
  changePassword(
    operatorId: string,
    change: { from: string; to: string; keptSessionId: string | null },
  ): Promise<boolean>;
  saveProfile(
    operatorId: string,
    profile: { name: string; language: Membership["language"] | null },
  ): Promise<void>;
}

/** An invitation that can be accepted. */
export interface OpenInvitation {
  email: string;
  company: string;
  role: Role;
  expiresAt: number;
  signsIn: boolean;
  resetsPassword: boolean;
  /** The invited operator's stored password; null when they have none. */
  password: string | null;
}

export interface Acceptance {
  /** Name for a new operator. */
  name: string;
  /** A first or new password, hashed; null: stays as it is. */
  password: string | null;
  /** The stored password that was checked; null: there was none. */
  checked: string | null;
  session: NewSession;
}

export interface Invitations {
  /** The invitation of a token that is neither used nor expired. */
  find(tokenHash: string): Promise<OpenInvitation | null>;
  /** `gone`: used, withdrawn or expired; `changed`: the password is not the one that was checked. */
  accept(tokenHash: string, acceptance: Acceptance): Promise<"accepted" | "gone" | "changed">;
}

export interface Passwords {
  /** What is stored of a password: algorithm, rounds, salt, hash. */
  hash(password: string): Promise<string>;
  /** Whether this is the password, in the same time for any and for none (null); with `renewed`, what to store instead, made with today's rounds. */
  check(password: string, stored: string | null): Promise<{ right: boolean; renewed: string | null }>;
}
