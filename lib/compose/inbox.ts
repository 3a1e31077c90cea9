import type { Database } from "../../db/client.ts";
import { createInboxReader } from "../../db/console/inbox.ts";
import { createInboxSearch } from "../../db/console/search.ts";
import { createCompanySystems } from "../../db/console/systems.ts";
import type { ConsoleDeps } from "../console/http/deps.ts";
import type { Base } from "./base.ts";
import { mediaSource } from "./media.ts";
import { composeArchive } from "./stores.ts";

/** What the console's inbox reads: lists, search, threads, files and orders. */
export function composeInbox(
  base: Base,
  database: Database,
  { records }: Pick<ConsoleDeps, "records">,
): Pick<ConsoleDeps, "inbox" | "search" | "records" | "systems" | "media" | "fileStore"> {
  return {
    inbox: createInboxReader(database),
    search: createInboxSearch(database),
    records,
    systems: createCompanySystems(database),
    media: mediaSource(base),
    fileStore: composeArchive(base, database).fileStore,
  };
}
