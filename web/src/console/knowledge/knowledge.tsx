import "./knowledge.css";
import { Route, Switch } from "wouter";
import { DraftBar } from "../company/draft/draft-bar.tsx";
import { useDraft } from "../company/draft/use-draft.ts";
import { NotFound } from "../frame/not-found.tsx";
import { Problem } from "../shell/problem.tsx";
import { Waiting } from "../shell/waiting.tsx";
import { EditPassage } from "./edit-passage.tsx";
import { NewPassage } from "./new-passage.tsx";
import { PassageList } from "./passage-list.tsx";

/** The knowledge base: `/:tenant/knowledge`, a new passage `…/new`, one passage `…/:language/:slug`. */
export default function Knowledge() {
  const editing = useDraft();
  if (editing.view === null)
    return (
      <main className="page" id="main" tabIndex={-1}>
        {editing.error === null ? (
          <Waiting />
        ) : (
          <Problem error={editing.error} onRetry={() => void editing.store.load()} />
        )}
      </main>
    );
  const bar = <DraftBar editing={editing} />;
  return (
    <Switch>
      <Route path="/:tenant/knowledge">
        <PassageList editing={editing} bar={bar} />
      </Route>
      <Route path="/:tenant/knowledge/new">
        <NewPassage editing={editing} bar={bar} />
      </Route>
      <Route path="/:tenant/knowledge/:language/:slug">
        {({ language, slug }) => (
          <EditPassage
            key={`${language}/${slug}`}
            passageKey={`${language}/${slug}`}
            editing={editing}
            bar={bar}
          />
        )}
      </Route>
      <Route component={NotFound} />
    </Switch>
  );
}
