import type { Role } from "../../../../contracts/console/access.ts";
import type { ShortcutName } from "./shortcuts.ts";

/** Pages of a company, in the order of the navigation. */
export const PAGES = [
  { name: "inbox", role: "viewer", shortcut: "goInbox" },
  { name: "quickReplies", role: "viewer", shortcut: "goQuickReplies" },
  { name: "ratings", role: "viewer", shortcut: "goRatings" },
  { name: "insight", role: "viewer", shortcut: "goInsight" },
  { name: "knowledge", role: "viewer", shortcut: "goKnowledge" },
  { name: "company", role: "viewer", shortcut: "goCompany" },
  { name: "playground", role: "agent", shortcut: "goPlayground" },
  { name: "team", role: "viewer", shortcut: "goTeam" },
  { name: "settings", role: "owner", shortcut: "goSettings" },
  { name: "audit", role: "owner", shortcut: "goAudit" },
] as const satisfies { name: string; role: Role; shortcut: ShortcutName }[];

export type PageName = (typeof PAGES)[number]["name"];

const PATHS: Record<PageName, string> = {
  inbox: "inbox",
  quickReplies: "quick-replies",
  ratings: "ratings",
  insight: "insight",
  knowledge: "knowledge",
  company: "company",
  playground: "playground",
  team: "team",
  settings: "settings",
  audit: "audit",
};

const ON_PHONE_BAR: readonly PageName[] = ["inbox", "quickReplies", "ratings", "team"];

/** True for a page on the bar of a phone; the others are behind "more". */
export const isOnPhoneBar = (page: PageName): boolean => ON_PHONE_BAR.includes(page);

/** Address of a company's page, below `/console`. */
export const pageHref = (tenantId: string, page: PageName): string => `/${tenantId}/${PATHS[page]}`;

/** Address of a turn. */
export const turnHref = (tenantId: string, turnId: string): string => `/${tenantId}/turns/${turnId}`;

/** Address of a conversation in the inbox. */
export const conversationHref = (tenantId: string, conversationId: string): string =>
  `/${tenantId}/inbox/all/${conversationId}`;
