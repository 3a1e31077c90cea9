/** Port of the audit log. */
import type { AuditEntry } from "../../../contracts/console/access.ts";

/** What a line says beyond who, when and which act; never a text of a customer. */
export type AuditDetail = AuditEntry["detail"];

/** One look or act, as it is asked for: the line stands before anything is shown or done. */
export interface AuditLine {
  operatorId: string | null;
  /** E-mail address of the operator, or the name of the command. */
  operator: string;
  act: string;
  conversationId: string | null;
  detail: AuditDetail;
  /** A look, of which one line per five minutes is kept for each operator and conversation. */
  look: boolean;
}

/** Which lines are read; null: all. */
export interface AuditFilter {
  /** Lines older than this line's id; null: from the newest. */
  before: string | null;
  /** E-mail address of an operator. */
  operator: string | null;
  /** Beginning of the act's name. */
  act: string | null;
}

/** The append-only log of looks and acts. */
export interface AuditLog {
  add(tenantId: string, line: AuditLine): Promise<void>;
  /** Lines of the filter, newest first. */
  page(tenantId: string, filter: AuditFilter, limit: number): Promise<AuditEntry[]>;
  /** Number of lines of the filter. */
  count(tenantId: string, filter: AuditFilter): Promise<number>;
}
