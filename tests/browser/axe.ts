import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

// Evaluated by the debugger: a script tag is blocked by the pages' policy.
const source = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Breaches of WCAG 2.2 AA that axe finds on the page: rule, and the elements; none is an empty list. */
export async function axe(page: Page): Promise<string[]> {
  // Colours are measured as they stay, not in the middle of an animation.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
  if (!(await page.evaluate("typeof axe === 'object'"))) await page.evaluate(await source);
  return page.evaluate(async (values) => {
    interface Found {
      violations: { id: string; nodes: { target: string[]; failureSummary?: string }[] }[];
    }
    const { axe: run } = window as unknown as {
      axe: { run(root: Document, options: object): Promise<Found> };
    };
    const { violations } = await run.run(document, { runOnly: { type: "tag", values } });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary ?? ""}`),
    );
  }, RULES);
}
