import type { Language } from "../../../../../lib/types/company.ts";
import { useCompanyTexts } from "../../company/draft/texts.ts";

/** One of the bot's languages. */
export function LanguageSelect({ value, onChange }: { value: Language; onChange(language: Language): void }) {
  const { knowledge: words, languages } = useCompanyTexts();
  return (
    <select
      aria-label={words.language}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value as Language)}
    >
      {(["es", "en", "pt"] as const).map((language) => (
        <option key={language} value={language}>
          {languages[language]}
        </option>
      ))}
    </select>
  );
}
