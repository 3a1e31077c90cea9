import "./sub-nav.css";
import { Link, useLocation, useSearchParams } from "wouter";
import { useTenant } from "../../console/client/session.tsx";
import type { InsightTexts } from "../../texts/insight.ts";
import { askedQuery } from "./range.ts";
import { useInsightTexts } from "./texts.ts";

/** Pages of the room. */
export type InsightPageName = keyof InsightTexts["frame"]["pages"];

/** Address of an insight page, below `/console`. */
export const insightHref = (tenantId: string, page: InsightPageName): string =>
  `/${tenantId}/insight/${page}`;

/** Links to the insight pages; range and filters go along. */
export function SubNav({ pages }: { pages: readonly InsightPageName[] }) {
  const { frame } = useInsightTexts();
  const { tenantId } = useTenant();
  const [path] = useLocation();
  const [params] = useSearchParams();
  const query = askedQuery(params);
  return (
    <nav className="sub-nav" aria-label={frame.subNavigation}>
      <ul>
        {pages.map((page) => {
          const href = insightHref(tenantId, page);
          const isHere = path === href || path.startsWith(`${href}/`);
          return (
            <li key={page}>
              <Link href={query ? `${href}?${query}` : href} aria-current={isHere ? "page" : undefined}>
                {frame.pages[page]}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
