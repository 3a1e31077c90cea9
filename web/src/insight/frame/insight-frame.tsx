import "../../console/shell/page-frame.css";
import "./insight-frame.css";
import { type ReactNode, useEffect } from "react";
import type { InsightHead } from "../../../../contracts/console/insight.ts";
import { useTexts } from "../../console/shell/texts.ts";
import { usePage } from "../../shared/page.tsx";
import type { FilterName } from "./range.ts";
import { RangeBar } from "./range-bar.tsx";
import type { InsightPageName } from "./sub-nav.tsx";
import { useInsightTexts } from "./texts.ts";

/** Later than this the page says that the figures are behind. */
const BEHIND_MS = 10 * 60_000;

interface Props {
  page: InsightPageName;
  /** Absent: the page's name. */
  title?: string;
  /** One sentence on what the page answers. */
  intro: string;
  /** Labels that the page's figures are kept by. */
  filters?: readonly FilterName[];
  /** True for a page of now, which has no period. */
  ofNow?: boolean;
  /** Head of the answer that is shown; null while there is none. */
  head: InsightHead | null;
  children: ReactNode;
}

/** An insight page: title, period and filters, through when the figures are complete, and the figures. */
export function InsightFrame({
  page,
  title: ownTitle,
  intro,
  filters = [],
  ofNow = false,
  head,
  children,
}: Props) {
  const { frame } = useInsightTexts();
  const { shell } = useTexts();
  const title = ownTitle ?? frame.pages[page];
  useEffect(() => {
    document.title = `${title} · ${shell.pages.insight} · Chasqui`;
  }, [title, shell]);
  return (
    <main className="page insight" id="main" tabIndex={-1}>
      <header className="page-head">
        <div>
          <h1 className="display">{title}</h1>
          <p>{intro}</p>
        </div>
        {head && <Fresh head={head} />}
      </header>
      {!ofNow && <RangeBar filters={filters} />}
      {children}
    </main>
  );
}

function Fresh({ head: { freshMs, range } }: { head: InsightHead }) {
  const { frame } = useInsightTexts();
  const { formats } = usePage();
  const lateMs = Math.min(Date.now(), range.toMs) - freshMs;
  if (lateMs > BEHIND_MS) return <p className="insight-behind">⚠ {frame.behind(formats.span(lateMs))}</p>;
  return (
    <p className="insight-fresh">
      {frame.fresh(formats.time(Math.min(freshMs, range.toMs)))} · {frame.steps[range.step]}
    </p>
  );
}
