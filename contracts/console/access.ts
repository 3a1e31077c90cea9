/** The console's API: who comes in, the team, the audit log. Paths are below `/api/console`. */
import type { Language } from "../../lib/types/company.ts";

/** Roles, each with what the ones before it may: a viewer reads, an agent acts, an owner manages. */
export type Role = "viewer" | "agent" | "owner";

/** Body of every response that is not 2xx. `message` is for people, in English; pages translate by `code`. */
export interface ConsoleError {
  error: {
    code: string;
    message: string;
    requestId?: string;
    /** With `taken` and `not_yours`: who has it. With `others_wrote`: who wrote; null for the phone app. */
    by?: { id: string; name: string } | null;
  };
}

/** A company that the operator belongs to. */
export interface Membership {
  tenantId: string;
  company: string;
  language: Language;
  role: Role;
}

/** `GET /session`, and the answer to signing in. */
export interface Me {
  id: string;
  email: string;
  name: string;
  language: Language | null;
  memberships: Membership[];
}

/** `POST /sign-in`, answered with `Me` and the cookie. 401 `wrong_sign_in`; 429 `too_many` with `retry-after`; 503 `busy`. */
export interface SignIn {
  email: string;
  password: string;
}

/** `POST /invitations/look`: the token comes in the link's fragment, which no server sees (`/console/invitation#…`). 410 `invitation_gone`. */
export interface InvitationToken {
  token: string;
}

/** What an invitation says. With `signsIn` it opens a session by itself (`npm run dev`). */
export interface Invitation {
  email: string;
  company: string;
  role: Role;
  expiresAt: number;
  /** True when this person has a password already, from another company: they enter it. */
  known: boolean;
  signsIn: boolean;
}

/** `POST /invitations/accept`, answered with `Me` and the cookie. 410 `invitation_gone`; 401 `wrong_password` of a known person. */
export interface AcceptInvitation {
  token: string;
  name?: string;
  /** Absent only for a link that signs in. */
  password?: string;
}

/** `POST /password`: ends the operator's other sessions. 401 `wrong_password`. */
export interface ChangePassword {
  current: string;
  /** 10 to 200 characters. */
  next: string;
}

/** `POST /profile` */
export interface Profile {
  name: string;
  language: Language | null;
}

/** `GET /sessions`; `POST /sessions/:id/end`, `POST /sessions/end-others` and `POST /sign-out` have no body and answer 204. */
export interface SessionView {
  id: string;
  device: string;
  createdAt: number;
  seenAt: number;
  current: boolean;
}

/** An operator of a company, or somebody invited who has not come yet (`invitationId`). `GET /t/:tenant/operators`, invitations for owners only */
export interface TeamMember {
  operatorId: string | null;
  invitationId: string | null;
  email: string;
  name: string;
  role: Role;
  /** Null while invited. */
  lastSeenAt: number | null;
  /** Of an invitation. */
  expiresAt: number | null;
}

/**
 * `POST /t/:tenant/invitations` and its answer; the link is shown once. 409 `already_member`.
 * `POST …/invitations/:id/withdraw` and `…/operators/:id/remove` have no body; `…/operators/:id/role` takes `{ role }`; all three answer 204.
 * 409 `last_owner`: a company keeps one.
 */
export interface Invite {
  email: string;
  role: Role;
}
export interface Invited {
  invitationId: string;
  link: string;
  expiresAt: number;
}

/** One line of the audit log; it is written before the look or act, which may have failed. */
export interface AuditEntry {
  id: string;
  at: number;
  operator: string;
  act: string;
  conversationId: string | null;
  detail: Record<string, string | number | boolean | null>;
}

/**
 * `GET /t/:tenant/audit?operator=&act=&before=`, newest first; `operator` is an e-mail address, `act` the beginning of a name; `next` is the `before`
 * of the page behind, null at the end. All lines of the filter as `GET /t/:tenant/audit.csv`.
 */
export interface AuditPage {
  entries: AuditEntry[];
  next: string | null;
}
