import { Route, Switch } from "wouter";
import { Overview } from "./overview.tsx";
import { Target } from "./target.tsx";

/** Targets of the company: all of them, or one in detail. */
export default function Targets() {
  return (
    <Switch>
      <Route path="/:tenant/insight/targets/:name">{({ name }) => <Target name={name} />}</Route>
      <Route>
        <Overview />
      </Route>
    </Switch>
  );
}
