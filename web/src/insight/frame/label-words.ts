import { usePage } from "../../shared/page.tsx";
import { textFor } from "../../texts/texts.ts";
import { useInsightTexts } from "./texts.ts";

/** Words for the value of a label, e.g. of an intent; what has none is shown as it is, nothing as "unknown". */
export function useLabelWords(): (label: string, value: string) => string {
  const { texts } = usePage();
  const { chart, otherRungs } = useInsightTexts().frame;
  const tables: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    // A turn that answers with a fixed text has that for its intent.
    intent: { ...texts.turn.intents, fixed: otherRungs.fixed },
    rung: { ...texts.turn.rungs, ...otherRungs },
    stage: texts.turn.stages,
    language: texts.languages,
    reason: texts.chat.handoffReasons,
    decided_by: texts.turn.decidedBy,
  };
  return (label, value) => {
    if (value === "") return chart.unknown;
    return textFor(tables[label] ?? {}, value) ?? value;
  };
}
