import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";

const vercelJson = z.object({
  headers: z
    .array(
      z.object({ source: z.string(), headers: z.array(z.object({ key: z.string(), value: z.string() })) }),
    )
    .default([]),
});

/** Response headers that `vercel.json` sets for a path, so that this server equals production. */
export function headerRules(vercelJsonPath: string): (path: string) => [string, string][] {
  if (!existsSync(vercelJsonPath)) return () => [];
  const { headers } = vercelJson.parse(JSON.parse(readFileSync(vercelJsonPath, "utf8")));
  const rules = headers.map((rule) => ({ matches: pattern(rule.source), headers: rule.headers }));
  return (path) =>
    rules
      .filter((rule) => rule.matches.test(path))
      .flatMap((rule) => rule.headers.map(({ key, value }): [string, string] => [key, value]));
}

/** Vercel's `source`: a regular expression that may also hold `:name` and `:name*`. */
function pattern(source: string): RegExp {
  return new RegExp(`^${source.replace(/:\w+\*/g, ".*").replace(/(?<!\?):\w+/g, "[^/]+")}$`);
}
