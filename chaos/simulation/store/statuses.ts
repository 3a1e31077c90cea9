import type { ReceiveBatch, Received } from "../../../lib/types/inbox-store.ts";
import { confirmTurn } from "./answered.ts";
import { applyFailure, effectsOfReport } from "./failure.ts";
import { byWaMessageId, earlyKey, movesForward, type Session, tenantOf } from "./tables.ts";

/** `receive_statuses`. */
export function receiveStatuses(
  session: Session,
  statuses: ReceiveBatch["statuses"],
): { applied: number; handoffs: Received["handoffs"]; unread: string[] } {
  const { tables, now } = session;
  const handoffs: Received["handoffs"] = [];
  const unread: string[] = [];
  const known = statuses.flatMap((report) => {
    const tenantId = tenantOf(tables, report.phoneNumberId)?.id;
    if (tenantId === undefined) return [];
    if (byWaMessageId(tables, tenantId, report.waMessageId)?.direction === "in") return [];
    const ours = tables.messages.filter((row) => row.direction === "out" && row.tenantId === tenantId);
    const message =
      ours.find(({ waMessageId }) => waMessageId === report.waMessageId) ??
      ours.find(({ id }) => id === report.opaqueId);
    return [{ ...report, tenantId, message, oldState: message?.state }];
  });
  known.sort(
    (a, b) =>
      ((a.message?.id ?? "~") < (b.message?.id ?? "~") ? -1 : 1) * Number(a.message?.id !== b.message?.id),
  );
  let applied = 0;
  for (const report of known) {
    const { message, tenantId, oldState, status, waMessageId, metaCodes, effect } = report;
    if (!message) {
      const key = earlyKey(tenantId, waMessageId);
      const early = tables.earlyStatuses.get(key);
      if (!early || movesForward(early.state, status))
        tables.earlyStatuses.set(key, { state: status, metaCodes, effect });
    } else if (movesForward(message.state, status)) {
      Object.assign(message, { state: status, metaCodes, updatedAt: now() });
      if (!byWaMessageId(tables, tenantId, waMessageId)) message.waMessageId ??= waMessageId;
      applied += 1;
      if (oldState === "ambiguous" && status !== "failed") confirmTurn(session, message.turnId);
      const through = tables.turns.find(({ id }) => id === message.turnId)?.throughSeq ?? 0;
      for (const each of status === "failed" ? effectsOfReport(message, effect) : []) {
        const change = applyFailure(session, message.conversationId, each, through);
        if (change === "unread") unread.push(message.conversationId);
        else if (change) handoffs.push(change);
      }
    }
  }
  return { applied, handoffs, unread };
}
