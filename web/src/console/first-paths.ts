import { tenantPath } from "./client/tenant-path.ts";
import { conversationPath, listPath } from "./inbox/state/api-paths.ts";
import { placeOf } from "./inbox/state/paths.ts";

/** Pages without a session. */
const OPEN_PAGES = new Set(["sign-in", "invitation"]);

/** Paths of the API that the first view of an address asks for; of `/console` alone it is the inbox of the company that was open last. */
export function firstPaths(pathname: string, search: string, lastTenantId: string | null): string[] {
  const [, , first = "", page = "", ...rest] = pathname.split("/");
  if (OPEN_PAGES.has(first)) return [];
  const tenantId = first || lastTenantId;
  if (tenantId === null || first === "account") return ["/session"];
  const always = ["/session", tenantPath(tenantId, "/start")];
  if (page !== "" && page !== "inbox") return always;
  const { conversationId, ...filter } = placeOf(["inbox", ...rest].join("/"), search);
  return [
    ...always,
    listPath(tenantId, filter),
    tenantPath(tenantId, "/settings"),
    ...(conversationId === null ? [] : [conversationPath(tenantId, conversationId)]),
  ];
}
