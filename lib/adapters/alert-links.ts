import type { AlertNotice, AlertPage } from "../types/notifier.ts";

/** A page of the console with its name. */
interface PageLink {
  url: string;
  name: string;
}

/** Where alerts lead. */
export interface AlertLinks {
  /** The page that shows more of it; null when this deployment does not know its own address. */
  page(notice: AlertNotice): PageLink | null;
  /** The runbook's section; null when there is nothing to do. */
  runbook(notice: AlertNotice): string | null;
}

/** Links to the console and the runbook; without an address of the runbook its file is named. */
export const createAlertLinks = (consoleUrl: string | null, runbookUrl: string | null): AlertLinks => ({
  page: ({ tenantId, page }) => {
    if (consoleUrl === null) return null;
    if (tenantId === null) return { url: consoleUrl, name: "Console" };
    const { path, name } = placeOf(page);
    return { url: `${consoleUrl}/${tenantId}/${path}`, name };
  },
  runbook: ({ runbook }) => runbook && `${runbookUrl ?? "docs/runbook.md"}#${runbook}`,
});

/** Leads nowhere. */
export const NO_LINKS: AlertLinks = { page: () => null, runbook: () => null };

const NAMES = { alerts: "Alerts", money: "Money", service: "Service" } as const;

const placeOf = (page: AlertPage): { path: string; name: string } =>
  typeof page === "string"
    ? { path: `insight/${page}`, name: NAMES[page] }
    : { path: `inbox/all/${page.conversationId}`, name: "Conversation" };
