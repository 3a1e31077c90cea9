/** Declarations as they are while somebody types them in the console: told what is wrong, whatever they look like. */
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { PROJECT_DIRECTORY } from "../../host/bot.ts";
import { readCompanyFolder } from "../../host/company/folder.ts";
import { checkCompany } from "../../lib/company/check.ts";
import type { Company } from "../../lib/types/company.ts";
import type { DeclaredTool } from "../../lib/types/tools/declared.ts";
import { fileOf, toolIn, whereOf } from "../../web/src/console/company/tools/tool-file.ts";

const READS = {
  description: "Free hours",
  input: { type: "object", properties: { day: { type: "string" } }, required: ["day"] },
  via: { kind: "http", method: "GET", url: "https://shop.example/hours", query: { day: "day" } },
  answer: { pick: { hours: "/hours" } },
};
const DECLARATIONS: Record<string, object> = {
  reads: READS,
  orders: {
    description: "Orders",
    via: { kind: "orders", url: "https://shop.example", context: "TOOL_KEY" },
  },
  cart: {
    ...{ description: "Orders a cart", takes: "order" },
    via: { kind: "http", method: "POST", url: "https://shop.example/orders" },
    effect: { ask: { es: "¿Pido {pieces}?" }, done: { es: "Listo" } },
  },
};

let demo: Required<Company>;
beforeAll(async () => {
  demo = await readCompanyFolder(join(PROJECT_DIRECTORY, "demo"));
});

/** The same with one part, at any depth, in the place of what stood there; undefined: taken away. */
function mangled(value: unknown, parts: readonly unknown[]): unknown[] {
  if (typeof value !== "object" || value === null) return [...parts];
  const own = Object.entries(value).flatMap(([key, part]) =>
    mangled(part, parts).map((other) => {
      const { [key]: _old, ...rest } = value as Record<string, unknown>;
      return other === undefined ? rest : { ...rest, [key]: other };
    }),
  );
  return [...parts, ...own];
}

test.each(Object.keys(DECLARATIONS))(
  "a declaration of kind %s, half written, is told and breaks nothing",
  (kind) => {
    const all = mangled(DECLARATIONS[kind], [undefined, null, 5, "", [], {}, { es: 5 }]);
    for (const one of all) {
      const file = toolIn(JSON.stringify(one ?? null));
      if (file === null) continue;
      const tool = { ...file, name: "half" } as DeclaredTool;
      const said = JSON.stringify(one);
      const intents = { general: { tools: ["half", "lookup"] } };
      const checked = () => checkCompany({ ...demo, intents, tools: [tool] });
      expect(checked, said).not.toThrow();
      expect(typeof whereOf(tool), said).toBe("string");
      expect(toolIn(fileOf(tool)), said).not.toBeNull();
    }
  },
);
