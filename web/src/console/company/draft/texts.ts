import { use } from "react";
import { usePage } from "../../../shared/page.tsx";
import { type CompanyTexts, loadCompanyTexts } from "../../../texts/company.ts";

/** Texts of these pages in the page's language; suspends while they are loaded. */
export const useCompanyTexts = (): CompanyTexts => use(loadCompanyTexts(usePage().language));
