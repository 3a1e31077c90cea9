import { lazy, Suspense } from "react";
import { Redirect, Route, Switch, useSearch } from "wouter";
import { useTenant } from "../console/client/session.tsx";
import { NotFound } from "../console/frame/not-found.tsx";
import { Waiting } from "../console/shell/waiting.tsx";
import { type InsightPageName, insightHref, SubNav } from "./frame/sub-nav.tsx";

/** ★ Pages of the room in the order of its navigation, each loaded when it is opened. */
const PAGES = {
  targets: lazy(() => import("./targets/targets.tsx")),
  service: lazy(() => import("./service/service.tsx")),
  conversations: lazy(() => import("./conversations/conversations.tsx")),
  money: lazy(() => import("./money/money.tsx")),
  alerts: lazy(() => import("./alerts/alerts.tsx")),
} as const satisfies Partial<Record<InsightPageName, unknown>>;

const NAMES = Object.keys(PAGES) as (keyof typeof PAGES)[];

/** The insight pages of a company: `/:tenant/insight/*`. */
export default function Insight() {
  const { tenantId } = useTenant();
  const search = useSearch();
  return (
    <>
      <SubNav pages={NAMES} />
      <Suspense fallback={<Waiting />}>
        <Switch>
          <Route path="/:tenant/insight">
            <Redirect to={`${insightHref(tenantId, "targets")}${search ? `?${search}` : ""}`} replace />
          </Route>
          {NAMES.map((name) => (
            <Route key={name} path={`/:tenant/insight/${name}/*?`} component={PAGES[name]} />
          ))}
          <Route component={NotFound} />
        </Switch>
      </Suspense>
    </>
  );
}
