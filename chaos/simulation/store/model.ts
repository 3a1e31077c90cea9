import type { ReceiveBatch } from "../../../lib/types/inbox-store.ts";
import type { ClaimRef, DraftInput, FinishInput, PartForm } from "../../../lib/types/turn-store.ts";
import { claimTurn, releaseTurn } from "./claim.ts";
import { assertIntegers, assertStorable } from "./data.ts";
import { beginResend, draftReply, redraftPart } from "./draft.ts";
import { finishTurn } from "./finish.ts";
import { endWaits, markTaken, openHandoff, remindCompanies } from "./handoffs.ts";
import { applyDeferredChanges } from "./identity.ts";
import { checkBeforeSend } from "./may-send.ts";
import { type Press, type Pressed, sendAsOperator, takeConversation } from "./operators.ts";
import { receiveBatch } from "./receive.ts";
import { byWaMessageId, emptyTables, type Session, type StoreBug } from "./tables.ts";
import { unreadConversations } from "./unread.ts";

/** The store of `db/functions` in memory: each call is one statement, done at once. */
export type StoreModel = ReturnType<typeof createStoreModel>;

/** An empty store; `bugs` are planted on purpose. */
export function createStoreModel(
  now: () => number,
  newId: () => string,
  bugs: ReadonlySet<StoreBug> = new Set(),
) {
  const tables = emptyTables();
  const session: Session = { tables, now, newId, bugs };
  const find = (id: string) => tables.conversations.find((conversation) => conversation.id === id);
  return {
    tables,
    receive: (batch: ReceiveBatch) => {
      assertStorable(batch);
      assertIntegers(batch.statuses.flatMap(({ metaCodes }) => metaCodes));
      return receiveBatch(session, batch);
    },
    claim: (conversationId: string, leaseMs: number) => claimTurn(session, conversationId, leaseMs),
    draft: (input: DraftInput) => {
      assertStorable(input);
      assertIntegers([input.record.inputTokens, input.record.outputTokens]);
      return draftReply(session, input);
    },
    finish: (input: FinishInput) => {
      assertStorable(input);
      const { record, parts } = input;
      assertIntegers([record?.inputTokens ?? 0, record?.outputTokens ?? 0]);
      assertIntegers(parts.map(({ metaCode }) => metaCode));
      return finishTurn(session, input);
    },
    beginResend: (claim: ClaimRef, messageIds: readonly string[], leaseMs: number) =>
      beginResend(session, claim, messageIds, leaseMs),
    redraft: (claim: ClaimRef, form: PartForm, leaseMs: number) => {
      assertStorable(form);
      return redraftPart(session, claim, form, leaseMs);
    },
    checkBeforeSend: (claim: ClaimRef, previousId: string | null) =>
      checkBeforeSend(session, claim, previousId),
    release: (turnId: string) => releaseTurn(session, turnId),
    unread: (limit: number) => {
      applyDeferredChanges(session, limit);
      return unreadConversations(session, limit);
    },

    endWaits: (limit: number) => ({
      conversationIds: endWaits(session, limit),
      reminders: remindCompanies(session, limit),
    }),

    recordNotice(notice: { conversationId: string; text: string; waMessageId: string }) {
      const { conversationId, text, waMessageId } = notice;
      const conversation = find(conversationId);
      if (!conversation || byWaMessageId(tables, conversation.tenantId, waMessageId)) return;
      tables.messages.push({
        id: newId(),
        tenantId: conversation.tenantId,
        conversationId,
        direction: "out",
        author: "system",
        waMessageId,
        seq: null,
        state: "sent",
        type: "text",
        text,
        content: null,
        opt: null,
        quoteWaMessageId: null,
        turnId: null,
        sends: 0,
        metaCodes: [],
        sentAt: now(),
        updatedAt: now(),
        plainFormOf: null,
      });
    },

    /** `take_over`. */
    takeOver(id: string, reason: string, summary: string) {
      const conversation = find(id);
      if (!conversation) return;
      openHandoff(session, conversation, null, { reason, summary });
      markTaken(session, conversation);
      conversation.status = "human";
    },

    take(id: string, operator: string): boolean {
      const conversation = find(id);
      return conversation !== undefined && takeConversation(session, conversation, operator);
    },

    sendAsOperator(press: Press): Pressed {
      const conversation = find(press.conversationId);
      return conversation ? sendAsOperator(session, conversation, press) : { outcome: "refused" };
    },

    /** `give_back_conversation`, and `close_conversation` without a rating; false when a colleague has it. */
    giveBack(id: string, operator: string): boolean {
      const conversation = find(id);
      if (!conversation || (conversation.assignee ?? operator) !== operator) return false;
      this.handBack(id);
      return true;
    },

    /** `hand_back`. */
    handBack(id: string) {
      const conversation = find(id);
      const open = tables.handoffs.filter(
        ({ conversationId, handedBack }) => conversationId === id && !handedBack,
      );
      if (!conversation || (conversation.status === "bot" && open.length === 0)) return;
      for (const handoff of open) handoff.handedBack = true;
      Object.assign(conversation, { status: "bot", assignee: null, repeat: null });
    },
  };
}
