import type { MediaFiles } from "../lib/types/media.ts";
import type { Database } from "./client.ts";

/** Records of archived files (`db/functions/media/`). */
export function createMediaFiles(database: Database): MediaFiles {
  return {
    async record({ phoneNumberId, mediaId }, mimeType, path) {
      const [row] = await database.sql<{ path: string | null }>`
        select record_media_file(${phoneNumberId}, ${mediaId}, ${mimeType}, ${path}) as path`;
      return row?.path ?? null;
    },
    async confirm(path, bytes) {
      await database.sql`update media_files set bytes = ${bytes}::int where path = ${path}`;
    },
    async shorten() {
      await database.sql`select shorten_media_files()`;
    },
    async due(limit) {
      const rows = await database.sql<{ path: string }>`
        select path from due_media_files(${limit}::int) as path`;
      return rows.map(({ path }) => path);
    },
    async forget(paths) {
      const [row] = await database.sql<{ count: number }>`
        select remove_media_files(${JSON.stringify(paths)}::jsonb) as count`;
      return row?.count ?? 0;
    },
  };
}
