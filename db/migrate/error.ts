/** A schema that cannot be brought up to date; nothing was changed. The message says which file, and what to do. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
}
