import type { Received } from "../types/inbox-store.ts";

/** The result of storing nothing. */
export const NOTHING_STORED: Received = {
  conversationIds: [],
  startedTurn: null,
  leftUnread: [],
  stored: 0,
  duplicates: 0,
  limited: 0,
  notOurs: 0,
  statusesApplied: 0,
  notices: [],
  handoffs: [],
  alerts: [],
  handoffsDue: false,
  queuesChanged: [],
};

/** The result of two parts of one delivery, stored one after the other. */
export const sumReceived = (left: Received, right: Received): Received => ({
  conversationIds: [...new Set([...left.conversationIds, ...right.conversationIds])],
  startedTurn: null,
  leftUnread: [...new Set([...left.leftUnread, ...right.leftUnread])],
  stored: left.stored + right.stored,
  duplicates: left.duplicates + right.duplicates,
  limited: left.limited + right.limited,
  notOurs: left.notOurs + right.notOurs,
  statusesApplied: left.statusesApplied + right.statusesApplied,
  notices: [...left.notices, ...right.notices],
  handoffs: [...left.handoffs, ...right.handoffs],
  alerts: [...left.alerts, ...right.alerts],
  handoffsDue: left.handoffsDue || right.handoffsDue,
  queuesChanged: [...new Set([...left.queuesChanged, ...right.queuesChanged])],
});
