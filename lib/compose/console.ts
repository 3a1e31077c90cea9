import { createActs } from "../../db/console/acts.ts";
import { createInboxReader } from "../../db/console/inbox.ts";
import { createLiveStore } from "../../db/console/live.ts";
import { createOutbox } from "../../db/console/outbox.ts";
import { createOverview } from "../../db/console/overview.ts";
import { createInboxSearch } from "../../db/console/search.ts";
import { createSettings } from "../../db/console/settings.ts";
import { createSuggestions } from "../../db/console/suggestions.ts";
import type { ConsoleDeps } from "../console/http/deps.ts";
import { createLive } from "../console/live/live.ts";
import { run } from "../turn/run.ts";
import { createSuggester } from "../turn/suggest/suggest.ts";
import { composeAccess } from "./access.ts";
import { composeBase } from "./base.ts";
import type { Platform } from "./platform.ts";
import { composeRecords } from "./records.ts";
import { composeDatabase, composeQueueSignal } from "./stores.ts";
import { composeTurn } from "./turn.ts";

/** Dependencies of the console. */
export function composeConsole(platform: Platform): ConsoleDeps {
  const base = composeBase(platform);
  const database = composeDatabase(base);
  const turn = composeTurn(base, database);
  return {
    log: base.log,
    clock: base.clock,
    ...composeAccess(base, database),
    live: createLive({ ...base, store: createLiveStore(database), signal: composeQueueSignal(base) }),
    settings: createSettings(database),
    overview: createOverview(database),
    acts: createActs(database),
    inbox: createInboxReader(database),
    outbox: createOutbox(database),
    deliver: (conversationId) => platform.waitUntil(run(conversationId, turn, null)),
    search: createInboxSearch(database),
    records: composeRecords(base),
    suggester: createSuggester({
      ...turn,
      suggestions: createSuggestions(database),
      waitUntil: platform.waitUntil,
    }),
  };
}
