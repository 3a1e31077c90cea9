import { createContext, type ReactNode, startTransition, use, useEffect, useMemo, useState } from "react";
import type { Language } from "../../../lib/types/company.ts";
import type { Texts } from "../texts/texts.ts";
import { createFormats, type Formats, localeOf } from "./formats.ts";
import { firstLanguage } from "./language.ts";
import { recall, remember } from "./memory.ts";

/** Colour theme; `auto` follows the system. */
export type Theme = "auto" | "light" | "dark";

/** Language, texts, formats and theme of the page. */
export interface Page {
  language: Language;
  /** The language as numbers and dates are written in it where the browser is: `es-PE`. */
  locale: string;
  texts: Texts;
  formats: Formats;
  theme: Theme;
  setLanguage(language: Language): void;
  setTheme(theme: Theme): void;
}

const PageContext = createContext<Page | null>(null);

/** Page context; throws outside `PageProvider`. */
export function usePage(): Page {
  const page = use(PageContext);
  if (!page) throw new Error("usePage needs a PageProvider above it");
  return page;
}

function firstTheme(): Theme {
  const theme = recall("theme");
  return theme === "light" || theme === "dark" ? theme : "auto";
}

interface Props {
  /** Texts of a language; may suspend while they are loaded. */
  useTexts(language: Language): Texts;
  children: ReactNode;
}

/** Provides language and theme: the browser's until the visitor chooses. */
export function PageProvider({ useTexts, children }: Props) {
  const [language, setLanguage] = useState(firstLanguage);
  const [theme, setTheme] = useState(firstTheme);
  const texts = useTexts(language);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  const page = useMemo<Page>(
    () => ({
      language,
      locale: localeOf(language),
      texts,
      formats: createFormats(localeOf(language)),
      theme,
      setLanguage(chosen) {
        remember("language", chosen);
        // A transition: the page stays while the texts are loaded.
        startTransition(() => setLanguage(chosen));
      },
      setTheme(chosen) {
        remember("theme", chosen);
        setTheme(chosen);
      },
    }),
    [language, texts, theme],
  );
  return <PageContext value={page}>{children}</PageContext>;
}
