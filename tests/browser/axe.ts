import engine from "axe-core";
import type { Page } from "playwright-core";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Rules about colours: all that a theme can break, and nothing that a language can. */
const COLOURS = engine
  .getRules(WCAG)
  .filter(({ tags }) => tags.includes("cat.color"))
  .map(({ ruleId }) => ruleId);

const ONLY = {
  all: { runOnly: { type: "tag", values: WCAG } },
  colours: { runOnly: { type: "rule", values: COLOURS } },
  "all but colours": {
    runOnly: { type: "tag", values: WCAG },
    rules: Object.fromEntries(COLOURS.map((rule) => [rule, { enabled: false }])),
  },
};

/** Breaches of WCAG 2.2 AA that axe finds on the page, or within a part of it: rule, and the elements; none is an empty list. */
export async function axe(page: Page, within = "html", rules: keyof typeof ONLY = "all"): Promise<string[]> {
  // Colours are measured as they stay, not in the middle of an animation; some never end.
  await page.evaluate(() => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    return Promise.allSettled(ending.map(({ finished }) => finished));
  });
  // Evaluated by the debugger: a script tag is blocked by the pages' policy.
  if (!(await page.evaluate("typeof axe === 'object'"))) await page.evaluate(engine.source);
  return page.evaluate(
    async ([root, options]) => {
      interface Found {
        violations: { id: string; nodes: { target: string[]; failureSummary?: string }[] }[];
      }
      const { axe: run } = window as unknown as {
        axe: { run(root: string, options: object): Promise<Found> };
      };
      // Passes are not asked for: describing them takes as long as finding breaches.
      const { violations } = await run.run(root, { ...options, resultTypes: ["violations"] });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary ?? ""}`),
      );
    },
    [within, ONLY[rules]] as const,
  );
}

/**
 * The same of a page in both themes: every rule in the light one, those about colours in the dark one. A page that was looked at
 * in another language, at the same width, needs no look at its colours.
 */
export async function axeInThemes(page: Page, { seenInAnotherLanguage = false } = {}): Promise<string[]> {
  await page.emulateMedia({ colorScheme: "light" });
  const light = await axe(page, "html", seenInAnotherLanguage ? "all but colours" : "all");
  if (seenInAnotherLanguage) return light;
  await page.emulateMedia({ colorScheme: "dark" });
  return [...light, ...(await axe(page, "html", "colours")).map((breach) => `dark: ${breach}`)];
}
