import "./suggestion-chips.css";
import type { Language } from "../../../../lib/types/company.ts";
import { usePage } from "../../shared/page.tsx";
import { SUGGESTIONS } from "./suggestions.ts";

/** Example messages; a tap sends one. */
export function Suggestions(props: { language: Language; onChoose(text: string): void }) {
  const { texts } = usePage();
  return (
    <ul className="chips" aria-label={texts.simulator.suggestions}>
      {SUGGESTIONS[props.language].map((text) => (
        <li key={text}>
          <button type="button" className="chip" lang={props.language} onClick={() => props.onChoose(text)}>
            {text}
          </button>
        </li>
      ))}
    </ul>
  );
}
