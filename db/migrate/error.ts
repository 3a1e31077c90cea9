/** Failed migration; nothing was changed. The message names the file and the fix. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
}
