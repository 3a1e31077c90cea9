import { lazy, Suspense } from "react";
import { Redirect, Route, Switch } from "wouter";
import { SignedIn } from "./access/signed-in.tsx";
import { useSession } from "./client/session.tsx";
import { lastTenant } from "./frame/last-tenant.ts";
import { NoCompany } from "./frame/no-company.tsx";
import { NotFound } from "./frame/not-found.tsx";
import { Shell } from "./frame/shell.tsx";
import { useOpenedOutside } from "./frame/use-opened-outside.ts";
import { Inbox } from "./inbox/inbox.tsx";
import { Waiting } from "./shell/waiting.tsx";
import { DemoBanner } from "./start/demo-banner.tsx";

// The inbox is what people come for; the other pages are loaded when they are opened.
const SignInPage = lazy(() => import("./access/sign-in-page.tsx"));
const Invitation = lazy(() => import("./access/invitation.tsx"));
const Account = lazy(() => import("./access/account.tsx"));
const Team = lazy(() => import("./team/team.tsx"));
const Audit = lazy(() => import("./audit/audit.tsx"));
const QuickReplies = lazy(() => import("./settings/quick-replies.tsx"));
const Ratings = lazy(() => import("./settings/ratings.tsx"));
const Company = lazy(() => import("./company/company.tsx"));
const Knowledge = lazy(() => import("./knowledge/knowledge.tsx"));
const Playground = lazy(() => import("../playground/playground.tsx"));
const Turn = lazy(() => import("./turn/turn.tsx"));
const Settings = lazy(() => import("./settings/settings.tsx"));
const Insight = lazy(() => import("../insight/insight.tsx"));

/** All pages of the console by address. */
export function App() {
  useOpenedOutside();
  return (
    <Switch>
      <Route path="/sign-in" component={SignInPage} />
      <Route path="/invitation" component={Invitation} />
      <Route>
        <SignedIn>
          <Switch>
            <Route path="/" component={Home} />
            <Route path="/account" component={OwnAccount} />
            <Route path="/:tenant/*?">{({ tenant }) => <CompanyPages tenantId={tenant} />}</Route>
          </Switch>
        </SignedIn>
      </Route>
    </Switch>
  );
}

/** Leads to the company that was open last. */
function Home() {
  const { me } = useSession();
  const tenantId = lastTenant(me.memberships);
  return tenantId === null ? <NoCompany /> : <Redirect to={`/${tenantId}/inbox`} replace />;
}

/** Own account; inside the navigation of a company where there is one. */
function OwnAccount() {
  const { me } = useSession();
  const tenantId = lastTenant(me.memberships);
  const page = (
    <Suspense fallback={<Waiting />}>
      <Account />
    </Suspense>
  );
  return tenantId === null ? page : <Shell tenantId={tenantId}>{page}</Shell>;
}

function CompanyPages({ tenantId }: { tenantId: string }) {
  return (
    <Shell tenantId={tenantId} banner={<DemoBanner />}>
      <Suspense fallback={<Waiting />}>
        <Switch>
          <Route path="/:tenant">
            <Redirect to={`/${tenantId}/inbox`} replace />
          </Route>
          <Route path="/:tenant/inbox/*?" component={Inbox} />
          <Route path="/:tenant/playground" component={Playground} />
          <Route path="/:tenant/team" component={Team} />
          <Route path="/:tenant/audit" component={Audit} />
          <Route path="/:tenant/quick-replies" component={QuickReplies} />
          <Route path="/:tenant/ratings" component={Ratings} />
          <Route path="/:tenant/knowledge/*?" component={Knowledge} />
          <Route path="/:tenant/company/*?" component={Company} />
          <Route path="/:tenant/settings" component={Settings} />
          <Route path="/:tenant/insight/*?" component={Insight} />
          <Route path="/:tenant/turns/:turn" component={Turn} />
          <Route component={NotFound} />
        </Switch>
      </Suspense>
    </Shell>
  );
}
