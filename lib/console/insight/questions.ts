import type { UnansweredQuestions } from "../../../contracts/console/conversations.ts";
import type { ConsoleDeps } from "../http/deps.ts";
import type { AuditNote, TenantCall } from "../http/route.ts";
import { insightQueryIn } from "./query.ts";

/** Words of customers are for those who answer them: a viewer sees counts. */
const seesWords = ({ role }: Pick<TenantCall<ConsoleDeps>, "role">): boolean => role !== "viewer";

/** Questions for which the knowledge base had nothing, grouped by likeness. */
export async function questionsOf(call: TenantCall<ConsoleDeps>): Promise<UnansweredQuestions> {
  const { deps, tenantId, query } = call;
  const { range } = insightQueryIn(query, deps.clock.now());
  const questions = await deps.conversationFigures.unanswered(tenantId, range);
  if (seesWords(call)) return questions;
  return { ...questions, groups: questions.groups.map((group) => ({ ...group, wordings: [] })) };
}

/** A look at customers' words is written down. */
export const questionsAudit = (call: TenantCall<ConsoleDeps>): AuditNote | null =>
  seesWords(call) ? { act: "questions.look", conversationId: null, detail: {} } : null;
