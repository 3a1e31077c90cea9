import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";

const rewrite = z.object({ source: z.string(), destination: z.string() });
const headerRule = z.object({
  source: z.string(),
  headers: z.array(z.object({ key: z.string(), value: z.string() })),
});
const vercelJson = z.object({
  headers: z.array(headerRule).default([]),
  rewrites: z.array(rewrite).default([]),
});

/** Rules of `vercel.json`, so that this server equals production. */
export interface VercelRules {
  /** Response headers of a path. */
  headers(path: string): [name: string, value: string][];
  /** The page that answers for a path; null when the path stands for itself. */
  page(path: string): string | null;
}

/** Reads the headers and rewrites of a `vercel.json`; none when there is no such file. */
export function vercelRules(vercelJsonPath: string): VercelRules {
  const text = existsSync(vercelJsonPath) ? readFileSync(vercelJsonPath, "utf8") : "{}";
  const { headers, rewrites } = vercelJson.parse(JSON.parse(text));
  const rules = headers.map((rule) => ({ matches: pattern(rule.source), headers: rule.headers }));
  const pages = rewrites
    .filter(({ destination }) => destination.endsWith(".html"))
    .map(({ source, destination }) => ({ matches: pattern(source), destination }));
  return {
    headers: (path) =>
      rules
        .filter((rule) => rule.matches.test(path))
        .flatMap((rule) => rule.headers.map(({ key, value }): [string, string] => [key, value])),
    page: (path) => pages.find(({ matches }) => matches.test(path))?.destination ?? null,
  };
}

/** Vercel's `source`: a regular expression that may also hold `:name` and `:name*`. */
function pattern(source: string): RegExp {
  return new RegExp(`^${source.replace(/:\w+\*/g, ".*").replace(/(?<!\?):\w+/g, "[^/]+")}$`);
}
