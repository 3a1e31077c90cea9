import { Link, useLocation } from "wouter";
import type { Role } from "../../../../contracts/console/access.ts";
import { Logo } from "../../shared/logo.tsx";
import { useMay, useTenant } from "../client/session.tsx";
import { NavIcon } from "../shell/icons.tsx";
import { useLiveState } from "../shell/live-state.ts";
import { isOnPhoneBar, PAGES, type PageName, pageHref } from "../shell/pages.ts";
import { useTexts } from "../shell/texts.ts";
import { MoreMenu } from "./more-menu.tsx";
import { Pill } from "./pill.tsx";

/** Rail on the left of a desk, bar at the foot of a phone. */
export function Navigation() {
  const { shell } = useTexts();
  const { company } = useTenant();
  return (
    <header className="shell-nav">
      <div className="shell-logo">
        <Logo />
        <span className="unseen">{company}</span>
      </div>
      <nav aria-label={shell.navigation}>
        <ul>
          {PAGES.map(({ name, role }) => (
            <PageLink key={name} name={name} role={role} />
          ))}
        </ul>
      </nav>
      <Pill />
      <MoreMenu />
    </header>
  );
}

function PageLink({ name, role }: { name: PageName; role: Role }) {
  const { shell } = useTexts();
  const { tenantId } = useTenant();
  const [path] = useLocation();
  const { waiting } = useLiveState();
  const href = pageHref(tenantId, name);
  const isHere = path === href || path.startsWith(`${href}/`);
  const count = name === "inbox" ? waiting : 0;
  if (!useMay(role)) return null;
  return (
    <li className={isOnPhoneBar(name) ? "" : "desk-only"}>
      <Link href={href} className="nav-link" aria-current={isHere ? "page" : undefined}>
        <NavIcon name={name} />
        <span>{shell.pages[name]}</span>
        {count > 0 && (
          <span className="nav-count">
            <span aria-hidden="true">{count > 99 ? "99+" : count}</span>
            <span className="unseen">{shell.waiting(count)}</span>
          </span>
        )}
      </Link>
    </li>
  );
}
