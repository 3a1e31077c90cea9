import engine from "axe-core";
import type { Page } from "playwright-core";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Breaches of WCAG 2.2 AA that axe finds on the page, or within a part of it: rule, and the elements; none is an empty list. */
export async function axe(page: Page, within = "html"): Promise<string[]> {
  // Colours are measured as they stay, not in the middle of an animation.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
  // Evaluated by the debugger: a script tag is blocked by the pages' policy.
  if (!(await page.evaluate("typeof axe === 'object'"))) await page.evaluate(engine.source);
  return page.evaluate(
    async ([root, values]) => {
      interface Found {
        violations: { id: string; nodes: { target: string[]; failureSummary?: string }[] }[];
      }
      const { axe: run } = window as unknown as {
        axe: { run(root: string, options: object): Promise<Found> };
      };
      const { violations } = await run.run(root, { runOnly: { type: "tag", values } });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary ?? ""}`),
      );
    },
    [within, RULES] as const,
  );
}
