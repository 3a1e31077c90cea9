import type { ReceiveBatch, Received } from "../../../lib/store-ports.ts";
import { applyFailure } from "./failure.ts";
import { movesForward, type Session, tenantOf } from "./tables.ts";

/** `receive_statuses` of 0008. */
export function receiveStatuses(
  session: Session,
  statuses: ReceiveBatch["statuses"],
): { applied: number; handoffs: Received["handoffs"] } {
  const { tables, now } = session;
  const handoffs: Received["handoffs"] = [];
  const ours = tables.messages.filter(({ direction }) => direction === "out");
  const known = statuses.filter(({ phoneNumberId }) => tenantOf(tables, phoneNumberId));
  const reports = known.map((report) => ({
    ...report,
    message:
      ours.find(({ waMessageId }) => waMessageId === report.waMessageId) ??
      ours.find(({ id }) => id === report.opaqueId),
  }));
  let applied = 0;
  for (const { message, status, waMessageId, errorCodes, effect } of reports) {
    if (!message) {
      const early = tables.earlyStatuses.get(waMessageId);
      if (!early || movesForward(early.state, status))
        tables.earlyStatuses.set(waMessageId, { state: status, errorCodes, effect });
    } else if (movesForward(message.state, status)) {
      Object.assign(message, { state: status, errorCodes, updatedAt: now() });
      message.waMessageId ??= waMessageId;
      applied += 1;
      const through = tables.turns.find(({ id }) => id === message.turnId)?.throughSeq ?? 0;
      const handoff = effect && applyFailure(session, message.conversationId, effect, through);
      if (handoff) handoffs.push(handoff);
    }
  }
  return { applied, handoffs };
}
