import { useInsightTexts } from "../frame/texts.ts";
import { useRange } from "../frame/use-range.ts";

/** Says that a figure is for all while the page is filtered; empty while it is not. */
export function useUnfiltered(): string {
  const { frame } = useInsightTexts();
  const { params } = useRange();
  return params.get("intent") ? frame.unfiltered : "";
}
