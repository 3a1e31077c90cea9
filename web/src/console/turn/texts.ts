import { use } from "react";
import { usePage } from "../../shared/page.tsx";
import { loadTurnPageTexts, type TurnPageTexts } from "../../texts/turn-page/load.ts";

/** Texts of the page of a turn in the page's language; suspends while they are loaded. */
export const useTurnPageTexts = (): TurnPageTexts => use(loadTurnPageTexts(usePage().language));
