import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("../rivals", import.meta.url));

/** Installs the rival's packages once; only this benchmark needs them. */
export function installRival(): void {
  if (existsSync(`${FOLDER}/node_modules/chat`)) return;
  console.log("Installing Vercel's Chat SDK into bench/rivals, for this benchmark only …");
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: FOLDER, stdio: "inherit" });
  if (status !== 0)
    throw new Error("bench/rivals could not be installed: check the connection to the npm registry.");
}
