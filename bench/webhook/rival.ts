import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("../rivals", import.meta.url));

/** Installs what Chasqui is measured against, the first time only: nobody else needs those packages. */
export function installRival(): void {
  if (existsSync(`${FOLDER}/node_modules/chat`)) return;
  console.log("Installing Vercel's Chat SDK into bench/rivals, for this benchmark alone …");
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: FOLDER, stdio: "inherit" });
  if (status !== 0)
    throw new Error("bench/rivals could not be installed; try again with a connection to the npm registry.");
}
