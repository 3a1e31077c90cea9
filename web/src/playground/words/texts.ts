import { use } from "react";
import { usePage } from "../../shared/page.tsx";
import { loadPlaygroundTexts, type PlaygroundTexts } from "../../texts/playground.ts";

/** Texts of the playground in the page's language; suspends while they are loaded. */
export const usePlaygroundTexts = (): PlaygroundTexts => use(loadPlaygroundTexts(usePage().language));
