import "./company.css";
import { Link, Route, Switch, useLocation } from "wouter";
import { useTenant } from "../client/session.tsx";
import { NotFound } from "../frame/not-found.tsx";
import { PageFrame } from "../shell/page-frame.tsx";
import { Problem } from "../shell/problem.tsx";
import { useTexts } from "../shell/texts.ts";
import { Waiting } from "../shell/waiting.tsx";
import { DraftBar } from "./draft/draft-bar.tsx";
import { useCompanyTexts } from "./draft/texts.ts";
import { type UseDraft, useDraft } from "./draft/use-draft.ts";
import { Intents } from "./intents.tsx";
import { Profile } from "./profile/profile.tsx";
import { Tools } from "./tools/tools.tsx";
import { Versions } from "./versions/versions.tsx";

const TABS = ["profile", "intents", "tools", "versions"] as const;

/** What the bot knows of the company and how it answers: `/:tenant/company`. */
export default function Company() {
  const { shell } = useTexts();
  const { intro } = useCompanyTexts();
  const editing = useDraft();
  return (
    <PageFrame title={shell.pages.company} intro={intro}>
      <Tabs />
      {editing.view === null && editing.error !== null && (
        <Problem error={editing.error} onRetry={() => void editing.store.load()} />
      )}
      {editing.view === null && editing.error === null && <Waiting />}
      {editing.view && <DraftBar editing={editing} />}
      {editing.view && <Tab editing={editing} />}
    </PageFrame>
  );
}

function Tab({ editing }: { editing: UseDraft }) {
  return (
    <Switch>
      <Route path="/:tenant/company">
        <Profile editing={editing} />
      </Route>
      <Route path="/:tenant/company/intents">
        <Intents editing={editing} />
      </Route>
      <Route path="/:tenant/company/tools">
        <Tools editing={editing} />
      </Route>
      <Route path="/:tenant/company/versions">
        <Versions editing={editing} />
      </Route>
      <Route component={NotFound} />
    </Switch>
  );
}

function Tabs() {
  const { tabs, tabsLabel } = useCompanyTexts();
  const { tenantId } = useTenant();
  const [path] = useLocation();
  return (
    <nav className="tabs" aria-label={tabsLabel}>
      {TABS.map((name) => {
        const href = `/${tenantId}/company${name === "profile" ? "" : `/${name}`}`;
        return (
          <Link key={name} href={href} aria-current={path === href ? "page" : undefined}>
            {tabs[name]}
          </Link>
        );
      })}
    </nav>
  );
}
