import { chmod, lstat, mkdir } from "node:fs/promises";

/** Makes a folder for its owner alone; one that is there already keeps its mode, since others may share it. */
export async function makePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
}

/** Takes a file, or a folder and so all that is in it, from everybody but its owner. What is not there is passed over. */
export async function makePrivate(path: string): Promise<void> {
  const stands = await lstat(path).catch(() => null);
  if (stands?.isFile()) await chmod(path, 0o600);
  if (stands?.isDirectory()) await chmod(path, 0o700);
}
