import "./suggestion-chips.css";
import type { Language } from "../../../../lib/types/company.ts";
import { usePage } from "../../shared/page.tsx";
import { suggestionsFor } from "./suggestions.ts";

interface SuggestionsProps {
  language: Language;
  /** What the company's customers ask; empty: as the shop's do. */
  asks: readonly string[];
  onChoose(text: string): void;
}

/** Example messages; a tap sends one. */
export function Suggestions(props: SuggestionsProps) {
  const { texts } = usePage();
  return (
    <ul className="chips" aria-label={texts.simulator.suggestions}>
      {suggestionsFor(props.language, props.asks).map((text) => (
        <li key={text}>
          <button type="button" className="chip" lang={props.language} onClick={() => props.onChoose(text)}>
            {text}
          </button>
        </li>
      ))}
    </ul>
  );
}
