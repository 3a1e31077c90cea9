import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { NODE_ENDPOINTS } from "../fakes/edge/bundle.ts";
import { vercelRules } from "../host/server/vercel-rules.ts";
import { sources } from "./law/sources.ts";

/** Builds a copy of the tree as Vercel would, without an account, and reports problems of the result. */

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const VERCEL = join(ROOT, ".ci/vercel/node_modules/.bin/vercel");

/** Settings that `vercel pull` would write for a project without a framework. */
const PROJECT = {
  projectId: "prj_local",
  orgId: "team_local",
  settings: { framework: null, nodeVersion: "22.x", outputDirectory: "public" },
};

const functionConfig = z.object({ runtime: z.string() });
const outputConfig = z.object({
  routes: z
    .array(
      z.object({
        src: z.string().optional(),
        dest: z.string().optional(),
        headers: z.record(z.string(), z.string()).default({}),
      }),
    )
    .default([]),
  crons: z.array(z.object({ path: z.string(), schedule: z.string() })).default([]),
});
const vercelJson = z.object({ crons: z.array(z.object({ path: z.string(), schedule: z.string() })) });

/** An address for each rule of `vercel.json`. */
const ADDRESSES = [
  ...["/", "/index.html", "/console", "/console/a-company/inbox", "/assets/index.js"],
  ...["/api/health", "/api/console/session", "/api/console/t/x/files/y", "/api/whatsapp/webhook"],
];

/** Addresses that `vercel.json` rewrites, and where they must go: outside Next.js, `[...path]` matches one segment only. */
const REWRITTEN = {
  "/console": "/console.html",
  "/console/a-company/inbox": "/console.html",
  "/api/console/session": "/api/console/[...path]",
  "/api/console/t/x/y": "/api/console/[...path]",
};

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));

function copyTree(target: string): void {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: ROOT,
  });
  const files = listed.toString().split("\0").filter(Boolean);
  for (const file of files.filter((name) => !name.startsWith(".ci/") && existsSync(join(ROOT, name)))) {
    mkdirSync(join(target, dirname(file)), { recursive: true });
    cpSync(join(ROOT, file), join(target, file));
  }
  mkdirSync(join(target, ".vercel"));
  writeFileSync(join(target, ".vercel/project.json"), JSON.stringify(PROJECT));
}

function build(folder: string): void {
  const env = { ...process.env, VERCEL_TELEMETRY_DISABLED: "1", CI: "1" };
  execFileSync(VERCEL, ["build", "--yes"], { cwd: folder, env, stdio: ["ignore", "inherit", "inherit"] });
}

/** Answers of a function without settings: what it serves by, or a file that cannot be loaded at all. */
async function loadFault(file: string, folder: string): Promise<string[]> {
  try {
    const { default: handler } = await import(pathToFileURL(join(folder, "index.js")).href);
    const answer: Response = await (handler.fetch ?? handler)(new Request("https://bot.example.com/api"));
    const text = await answer.text();
    return /"(not_configured|method_not_allowed|unauthorized)"/.test(text) || answer.status === 503
      ? []
      : [`${file}: answers ${answer.status} ${text.slice(0, 200)}`];
  } catch (error) {
    return [`${file}: ${error}`];
  }
}

const isEdge = (configPath: string): boolean => functionConfig.parse(readJson(configPath)).runtime === "edge";

async function faults(output: string): Promise<string[]> {
  const found: string[] = [];
  for (const { file } of sources(["api"])) {
    const folder = join(output, "functions", file.replace(/\.ts$/, ".func"));
    const path = join(folder, ".vc-config.json");
    if (!existsSync(path)) found.push(`${file}: no function was built`);
    else if (isEdge(path) === NODE_ENDPOINTS.includes(file))
      found.push(`${file}: built for the ${isEdge(path) ? "edge" : "Node"} runtime`);
    else found.push(...(await loadFault(file, folder)));
  }
  const { crons } = vercelJson.parse(readJson(join(ROOT, "vercel.json")));
  const { crons: built, routes } = outputConfig.parse(readJson(join(output, "config.json")));
  if (JSON.stringify(built) !== JSON.stringify(crons)) found.push(`crons: built ${JSON.stringify(built)}`);
  for (const { path } of crons) {
    if (!existsSync(join(ROOT, `${path.slice(1)}.ts`))) found.push(`cron ${path}: there is no such endpoint`);
  }
  for (const page of ["index", "console"]) {
    if (!existsSync(join(output, `static/${page}.html`))) found.push(`static/${page}.html: was not built`);
  }
  for (const [path, wanted] of Object.entries(REWRITTEN)) {
    const target = routes.find(({ src, dest }) => dest && src && new RegExp(src).test(path))?.dest;
    if (target?.split("?")[0] !== wanted) found.push(`${path}: goes to ${target}, not to ${wanted}`);
  }
  const rules = vercelRules(join(ROOT, "vercel.json"));
  for (const path of ADDRESSES) {
    const passed = routes.filter(({ src }) => src && new RegExp(src).test(path));
    const headers = Object.assign({}, ...passed.map((route) => route.headers));
    if (!isDeepStrictEqual(headers, Object.fromEntries(rules.headers(path))))
      found.push(`${path}: its headers are not those of vercel.json`);
  }
  if (existsSync(join(output, "static/simulator.html")))
    found.push("static/simulator.html: must not be served");
  return found;
}

const folder = mkdtempSync(join(tmpdir(), "chasqui-vercel-"));
try {
  copyTree(folder);
  build(folder);
  const found = await faults(join(folder, ".vercel/output"));
  for (const fault of found) console.error(`vercel build: ${fault}`);
  console.log(`vercel build: ${sources(["api"]).length} endpoints, ${found.length} faults`);
  if (found.length > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
