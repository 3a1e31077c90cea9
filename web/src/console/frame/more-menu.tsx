import "./more-menu.css";
import { useState } from "react";
import { useLocation } from "wouter";
import { Menu } from "../../shared/overlay/menu.tsx";
import { type Theme, usePage } from "../../shared/page.tsx";
import { useMay, useSession, useTenant } from "../client/session.tsx";
import { signOut } from "../client/sign-out.ts";
import { errorWords } from "../shell/errors.ts";
import { openSheet } from "../shell/open-sheet.ts";
import { isOnPhoneBar, PAGES, pageHref } from "../shell/pages.ts";
import { useTexts } from "../shell/texts.ts";
import { useToasts } from "../shell/toasts.tsx";
import { MenuItem } from "./menu-item.tsx";

/** Pages for which the bar of a phone has no room. */
const ONLY_IN_MENU = PAGES.filter(({ name }) => !isOnPhoneBar(name));

const NEXT_THEME: Record<Theme, Theme> = { auto: "light", light: "dark", dark: "auto" };

/** Own face: account, other companies, colours, shortcuts, signing out; on a phone the pages that the bar has no room for. */
export function MoreMenu() {
  const { shell } = useTexts();
  const { me } = useSession();
  const { company } = useTenant();
  const [anchor, setAnchor] = useState<DOMRect | null>(null);
  return (
    <>
      <button
        type="button"
        className="nav-link nav-me"
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget.getBoundingClientRect())}
      >
        <span className="face" aria-hidden="true">
          {initialOf(me.name || me.email)}
        </span>
        <span>{shell.more}</span>
        <span className="unseen">{`: ${me.name || me.email}, ${company}`}</span>
      </button>
      {anchor && (
        <Menu anchor={anchor} label={shell.more} className="more-menu" onClose={() => setAnchor(null)}>
          <Items />
        </Menu>
      )}
    </>
  );
}

function Items() {
  const { shell } = useTexts();
  const { texts, theme, setTheme } = usePage();
  const [, go] = useLocation();
  const { me } = useSession();
  const { tenantId } = useTenant();
  const mayOpen = { viewer: true, agent: useMay("agent"), owner: useMay("owner") };
  const toasts = useToasts();
  const consoleTexts = useTexts();
  const leave = () =>
    signOut().catch((error) => toasts.show({ text: errorWords(consoleTexts, error), kind: "bad" }));
  return (
    <>
      {me.memberships.length > 1 && (
        <div className="menu-group">
          <p className="menu-title">{shell.companies}</p>
          {me.memberships.map((own) => (
            <MenuItem
              key={own.tenantId}
              icon="company"
              checked={own.tenantId === tenantId}
              onChoose={() => go(pageHref(own.tenantId, "inbox"))}
            >
              {own.company}
            </MenuItem>
          ))}
        </div>
      )}
      <div className="menu-group phone-only">
        {ONLY_IN_MENU.filter(({ role }) => mayOpen[role]).map(({ name }) => (
          <MenuItem key={name} icon={name} onChoose={() => go(pageHref(tenantId, name))}>
            {shell.pages[name]}
          </MenuItem>
        ))}
      </div>
      <MenuItem icon="account" onChoose={() => go("/account")}>
        {shell.pages.account}
      </MenuItem>
      <MenuItem icon="search" onChoose={() => openSheet("palette")}>
        {shell.shortcuts.palette}
      </MenuItem>
      <MenuItem icon="keyboard" onChoose={() => openSheet("help")}>
        {shell.shortcuts.help}
      </MenuItem>
      <MenuItem icon="theme" onChoose={() => setTheme(NEXT_THEME[theme])}>
        {`${texts.theme.label}: ${texts.theme[theme]}`}
      </MenuItem>
      <MenuItem icon="signOut" onChoose={leave}>
        {shell.signOut}
      </MenuItem>
    </>
  );
}

/** First letter of a name, as people would write it. */
const initialOf = (name: string): string => [...name.trim()][0]?.toUpperCase() ?? "?";
