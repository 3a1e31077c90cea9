import { createStoreModel } from "../../chaos/simulation/store/model.ts";
import type { CustomerRow } from "../../chaos/simulation/store/tables.ts";

/** The store in memory with the same dump as `sql-store.ts`. */
export function openModelStore() {
  let nowMs = 0;
  let ids = 0;
  const model = createStoreModel(
    () => nowMs,
    () => `00000000-0000-4000-8000-${(++ids).toString(16).padStart(12, "0")}`,
  );
  const { tables } = model;
  /** Rows in the order of their numbers and people. */
  const byCustomer = <Row>(
    rows: readonly Row[],
    customerOf: (row: Row) => CustomerRow | undefined,
  ): Row[] => {
    const key = (row: Row) => {
      const user = customerOf(row);
      const number = tables.tenants.find(({ id }) => id === user?.tenantId)?.phoneNumberId;
      return `${number} ${user?.waUserId ?? user?.phone ?? "~"}`;
    };
    return rows.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  };
  const epochOf = (turnId: string | null) => tables.turns.find(({ id }) => id === turnId)?.epoch ?? null;
  return {
    model,
    setNow(ms: number) {
      nowMs = ms;
    },
    dump: (): unknown => ({
      users: byCustomer(tables.customers, (user) => user).map((u) => [
        u.phone,
        u.acceptedPhone,
        u.waUserId,
        u.name,
        u.language,
        u.optedOutAt,
        u.optChangedAt,
        u.wayBackToldAt,
      ]),
      conversations: byCustomer(tables.conversations, (c) =>
        tables.customers.find(({ id }) => id === c.customerId),
      ).map((c) => [
        c.status,
        c.windowEndsAt,
        c.receivedSeq,
        c.answeredSeq,
        c.unreadSince,
        c.epoch,
        c.leaseExpiresAt,
        c.retryAt,
        c.attempts,
        c.previousRung,
        c.nextLimitNoticeAt,
        c.pairFreeAt,
        c.usageDay,
        c.usageTurns,
        c.usageSoundS,
        c.assignee,
        c.repeat,
      ]),
      messages: tables.messages.map((m) => [
        m.direction,
        m.author,
        m.waMessageId,
        m.seq,
        m.state,
        m.type,
        m.text,
        m.opt,
        m.quoteWaMessageId,
        epochOf(m.turnId),
        m.sends,
        m.metaCodes,
        m.sentAt,
        m.updatedAt,
      ]),
      turns: tables.turns.map((t) => [t.epoch, t.throughSeq, t.state, t.rung, t.errors]),
      toolCalls: [...tables.toolCallKeys].sort().map((key) => [key]),
      handoffs: tables.handoffs
        .toSorted(
          (a, b) =>
            (a.reason < b.reason ? -1 : a.reason > b.reason ? 1 : 0) ||
            Number(a.handedBack) - Number(b.handedBack) ||
            Number(a.notified) - Number(b.notified) ||
            a.dueAt - b.dueAt,
        )
        .map((h) => [
          ...[epochOf(h.turnId), h.reason, h.summary, h.notified, h.handedBack],
          ...[h.taken, h.told, h.awayTold, h.reminders, h.dueAt, h.remindedAt],
        ]),
      early: [...tables.earlyStatuses]
        .map(([key, { state }]) => [key.split("/")[1] ?? "", state] as const)
        .sort((a, b) => (a.join() < b.join() ? -1 : 1)),
      usage: [...tables.usageUsd.values()].reduce((sum, usd) => sum + usd, 0),
      aside: tables.deferredIdentityChanges.map(({ change }) => [change.userId.current]),
    }),
  };
}
