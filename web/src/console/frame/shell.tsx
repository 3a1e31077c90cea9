import "./shell.css";
import { type ReactNode, useEffect } from "react";
import { useLocation } from "wouter";
import { TenantContext, useSession } from "../client/session.tsx";
import { useTexts } from "../shell/texts.ts";
import { Keys } from "./keys.tsx";
import { rememberTenant } from "./last-tenant.ts";
import { Navigation } from "./navigation.tsx";
import { NotFound } from "./not-found.tsx";

interface Props {
  tenantId: string;
  /** Shown above every page, e.g. that the data is demo data. */
  banner?: ReactNode;
  children: ReactNode;
}

/** Navigation around the pages of a company. */
export function Shell({ tenantId, banner, children }: Props) {
  const { me } = useSession();
  const { shell } = useTexts();
  const tenant = me.memberships.find((own) => own.tenantId === tenantId);
  useEffect(() => {
    if (tenant) rememberTenant(tenant.tenantId);
  }, [tenant]);
  useFocusOnNewPage();
  if (!tenant) return <NotFound />;
  return (
    <TenantContext value={tenant}>
      <a className="skip" href="#main">
        {shell.skip}
      </a>
      <div className="shell">
        <Navigation />
        <div className="shell-page">
          {banner}
          {children}
        </div>
      </div>
      <Keys />
    </TenantContext>
  );
}

/** Moves the focus to a page that was opened, so that a screen reader begins there; not at the first one. */
function useFocusOnNewPage(): void {
  const [path] = useLocation();
  const page = path.split("/").slice(0, 3).join("/");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the effect belongs to the change of page.
  useEffect(() => {
    const { activeElement } = document;
    // After a link of the navigation was used; a dialog or field that has the focus keeps it.
    if (activeElement?.closest(".shell-nav")) document.getElementById("main")?.focus({ preventScroll: true });
  }, [page]);
}
