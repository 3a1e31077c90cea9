import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { violations } from "../../scripts/law/imports.ts";
import { sources } from "../../scripts/law/sources.ts";

test("the project keeps the import law", () => {
  const files = sources();
  expect(files.length).toBeGreaterThan(10);
  expect(files.flatMap(({ file, text }) => violations(file, text))).toEqual([]);
});

test.each<[file: string, source: string, rule: RegExp]>([
  ["api/health.ts", 'import { createStore } from "../db/store.ts";', /api\/ imports db\/store/],
  ["api/health.ts", 'import type { Lookup } from "../tools/lookup.ts";', /api\/ imports tools/],
  ["api/health.ts", 'import { x } from "../host/server.ts";', /imports host/],
  ["lib/turn/run.ts", 'import { x } from "../../fakes/model.ts";', /lib\/ imports fakes/],
  ["lib/turn/run.ts", 'import handler from "../../api/health.ts";', /lib\/ imports api/],
  ["lib/turn/run.ts", 'import { createStore } from "../../db/store.ts";', /names the adapter db\/store/],
  ["lib/turn/run.ts", 'import type { Client } from "../whatsapp/outbound/client.ts";', /names the adapter/],
  [
    "lib/turn/run.ts",
    'const { x } = await import("../adapters/slack.ts");',
    /names the adapter lib\/adapters/,
  ],
  ["lib/turn/run.ts", 'import { x } from "../texts";', /without its extension/],
  ["lib/turn/run.ts", "import {\n  readFileSync,\n} from 'node:fs';", /imports node:fs/],
  ["lib/turn/run.ts", 'import { createHmac } from "crypto";', /imports crypto/],
  ["lib/turn/run.ts", 'export * from "node:buffer";', /imports node:buffer/],
  ["lib/turn/run.ts", 'import "node:process";', /imports node:process/],
  ["lib/turn/run.ts", "const key = process.env.OPENAI_API_KEY;", /reads process/],
  ["lib/turn/run.ts", `const key = \`\${process.env.OPENAI_API_KEY}\`;`, /reads process/],
  ["lib/turn/run.ts", 'const key = globalThis.process["env"];', /reads process/],
  ["lib/config/env.ts", 'const pid = new Function("return process")();', /makes code of text/],
  ["lib/turn/run.ts", 'eval("1");', /makes code of text/],
  ["lib/turn/run.ts", 'Buffer.from("x");', /global of Node/],
  ["lib/turn/run.ts", "await import(path);", /imports what it computes/],
  ["lib/types/store.ts", 'import { x } from "./json.ts";', /types only/],
  ["tools/lookup.ts", 'import { x } from "../lib/types/tools.ts";', /by value/],
  ["tools/lookup.ts", 'import type { Turn } from "../lib/turn/run.ts";', /tools\/ imports lib\/turn/],
  ["tools/lookup.ts", 'import { search } from "../db/knowledge.ts";', /tools\/ imports db/],
  ["db/store.ts", 'import { lookup } from "../tools/lookup.ts";', /db\/ imports tools/],
  ["db/store.ts", 'export { x } from "../lib/config/env.ts";', /db\/ imports lib\/config/],
  ["db/store.ts", 'import { migrate } from "./migrate/migrate.ts";', /db\/ imports db\/migrate/],
  [
    "lib/compose/deps.ts",
    'import { migrate } from "../../db/migrate/migrate.ts";',
    /lib\/ imports db\/migrate/,
  ],
  ["db/migrate/files.ts", 'import { createStore } from "../store.ts";', /imports db\/store/],
  ["web/src/main.tsx", 'import { x } from "../../lib/texts.ts";', /web\/ imports lib/],
  ["web/src/main.tsx", 'import { x } from "../../contracts/chat.ts";', /by value/],
  ["web/src/chat/x.tsx", 'import { x } from "../simulator/phone/x.tsx";', /part of one page/],
  ["contracts/chat.ts", 'import { x } from "./turn.ts";', /types only/],
  ["contracts/chat.ts", 'import type { Turn } from "../lib/turn/run.ts";', /contracts\/ imports lib\/turn/],
  ["host/bot.ts", 'import type { X } from "../web/src/x.ts";', /imports web/],
  ["fakes/simulator/routes.ts", 'import type { x } from "../../web/src/x.ts";', /fakes\/ imports web/],
  ["host/start.ts", 'import { x } from "../fakes/model.ts";', /host\/ imports fakes/],
  ["host/start.ts", 'import { x } from "../scripts/terminal.ts";', /host\/ imports scripts/],
  ["fakes/dev.ts", 'import { x } from "../scripts/terminal.ts";', /fakes\/ imports scripts/],
  ["lib/console/outbox.ts", 'import type { Turn } from "../turn/run.ts";', /meet in the store/],
  ["lib/insight/rollup.ts", 'import { handleWebhook } from "../webhook/handle.ts";', /meet in the store/],
])("%s may not say %j", (file, source, rule) => {
  expect(violations(file, source).map((violation) => violation.rule)).toEqual([expect.stringMatching(rule)]);
});

test.each<[file: string, source: string]>([
  ["api/health.ts", 'import { health } from "../lib/health.ts";'],
  [
    "lib/compose/deps.ts",
    'import { createStore } from "../../db/store.ts";\nimport { createNotifier } from "../adapters/slack.ts";',
  ],
  ["lib/turn/run.ts", 'import { createLookup } from "../../tools/lookup.ts";'],
  ["lib/config/env.ts", "export const source = process.env;"],
  [
    "lib/language/texts.ts",
    "const text = \"We process. Then we import(all) from 'node:fs'; process.env is ours.\";",
  ],
  ["lib/language/texts.ts", '// import { x } from "node:fs";\n/* process.env */'],
  [
    "tools/lookup.ts",
    'import { tool } from "ai";\nimport type { \n  ToolContext, \n } from "../lib/types/tools.ts";',
  ],
  ["db/store.ts", 'import { rows } from "./rows.ts";\nimport type { Json } from "../lib/types/json.ts";'],
  ["db/migrate/files.ts", 'import { readFile } from "node:fs/promises";'],
  ["web/src/chat/x.tsx", 'import { x } from "../shared/page.tsx";'],
  ["web/src/x.tsx", 'import type { ChatMessage } from "../../contracts/chat.ts";'],
  ["contracts/turn.ts", 'import type { Json } from "../lib/types/json.ts";'],
  ["host/start.ts", 'import { migrate } from "../db/migrate/migrate.ts";'],
  ["fakes/dev.ts", 'import { createServer } from "node:http";\nimport { x } from "../lib/deps.ts";'],
])("%s may say %j", (file, source) => {
  expect(violations(file, source)).toEqual([]);
});

test("names the line", () => {
  expect(violations("lib/x.ts", '/* two\nlines */\nimport "node:fs";')).toMatchObject([
    { file: "lib/x.ts", line: 3 },
  ]);
});

test("the linter refuses an import cycle", () => {
  const folder = mkdtempSync(join(tmpdir(), "cycle-"));
  const root = new URL("../../", import.meta.url).pathname;
  try {
    const { linter } = JSON.parse(readFileSync(join(root, "biome.json"), "utf8"));
    writeFileSync(join(folder, "biome.json"), JSON.stringify({ linter }));
    mkdirSync(join(folder, "lib"));
    writeFileSync(join(folder, "lib/a.ts"), 'import { b } from "./b.ts";\nexport const a = () => b;\n');
    writeFileSync(join(folder, "lib/b.ts"), 'import { a } from "./a.ts";\nexport const b = () => a;\n');
    const lint = () =>
      execFileSync(join(root, "node_modules/.bin/biome"), ["lint", "."], {
        cwd: folder,
        encoding: "utf8",
        stdio: "pipe",
      });
    expect(lint).toThrow(/noImportCycles/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
