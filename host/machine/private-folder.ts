import { chmod, lstat, mkdir } from "node:fs/promises";

/** Creates a folder that only its owner may use; an existing one keeps its mode, since others may share it. */
export async function makePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
}

/** Restricts a file or folder to its owner, if it exists. */
export async function makePrivate(path: string): Promise<void> {
  const found = await lstat(path).catch(() => null);
  if (found?.isFile()) await chmod(path, 0o600);
  if (found?.isDirectory()) await chmod(path, 0o700);
}
