import type { World } from "../../support/world.ts";
import { makeConversation } from "../conversations.ts";

/** Turns that the model sorted as a complaint, each with a guess. */
export interface Guessed {
  tenantId: string;
  count: number;
  intent: string | null;
  sure: boolean;
}

/** Stores them, a minute apart. */
export async function storeGuesses(world: World, { tenantId, count, intent, sure }: Guessed): Promise<void> {
  const conversationId = await makeConversation(world, { tenantId });
  const guess = JSON.stringify({ intent, confidence: sure ? 0.9 : 0.4, sure, version: "one" });
  await world.sql`
    insert into turns (id, tenant_id, conversation_id, epoch, through_seq, state, intent, language, decided_by, guess, started_at)
      select gen_random_uuid(), ${tenantId}::uuid, ${conversationId}::uuid, 1, 1, 'answered', 'complaint', 'es', 'model', ${guess}::jsonb,
             now() - n * interval '1 minute'
        from generate_series(1, ${count}::integer) n`;
}
