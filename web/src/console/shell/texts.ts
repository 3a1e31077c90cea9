import { use } from "react";
import type { Language } from "../../../../lib/types/company.ts";
import { usePage } from "../../shared/page.tsx";
import { type ConsoleTexts, loadTexts } from "../../texts/console.ts";
import type { Texts } from "../../texts/texts.ts";

/** Shared texts of a language; suspends while they are loaded. */
export const useSharedTexts = (language: Language): Texts => use(loadTexts(language)).shared;

/** The console's texts in the page's language. */
export const useTexts = (): ConsoleTexts => use(loadTexts(usePage().language)).console;
