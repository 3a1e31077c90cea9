import type { Language } from "../../../lib/types/company.ts";
import { usePage } from "./page.tsx";

const NAMES: Record<Language, string> = { es: "Español", en: "English", pt: "Português" };

/** Switch of the page's language; conversations are in the customer's. */
export function LanguageSwitch() {
  const { language, setLanguage, texts } = usePage();
  return (
    <fieldset className="switch">
      <legend className="unseen">{texts.language}</legend>
      {(["es", "en", "pt"] as const).map((choice) => (
        <button
          key={choice}
          type="button"
          lang={choice}
          title={NAMES[choice]}
          aria-label={`${choice.toUpperCase()} ${NAMES[choice]}`}
          aria-pressed={choice === language}
          onClick={() => setLanguage(choice)}
        >
          {choice.toUpperCase()}
        </button>
      ))}
    </fieldset>
  );
}
