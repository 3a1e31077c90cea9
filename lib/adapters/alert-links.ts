import type { AlertNotice } from "../types/notifier.ts";

/** Where alerts lead. */
export interface AlertLinks {
  /** The page of alerts; null when this deployment does not know its own address, or there is no alert to see. */
  page(notice: AlertNotice): string | null;
  /** The runbook's section; null when there is none. */
  runbook(notice: AlertNotice): string | null;
}

/** Links to the console and the runbook; without an address of the runbook its file is named. */
export const createAlertLinks = (consoleUrl: string | null, runbookUrl: string | null): AlertLinks => ({
  page: ({ about }) =>
    consoleUrl && about ? `${consoleUrl}${about.tenantId ? `/${about.tenantId}/insight/alerts` : ""}` : null,
  runbook: ({ runbook }) => (runbook ? `${runbookUrl ?? "docs/runbook.md"}#${runbook}` : null),
});

/** Leads nowhere. */
export const NO_LINKS: AlertLinks = { page: () => null, runbook: () => null };
