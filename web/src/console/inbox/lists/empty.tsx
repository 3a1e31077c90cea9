import { Link } from "wouter";
import type { StartView } from "../../../../../contracts/console/settings.ts";
import { useTenant } from "../../client/session.tsx";
import { useTenantApi } from "../../client/use-api.ts";
import { type PageName, pageHref } from "../../shell/pages.ts";
import { useTexts } from "../../shell/texts.ts";
import { useInbox, useInboxState } from "../state/use-inbox.tsx";

/** Says why a list is empty and what belongs there; to a new owner, what to do next. */
export function Empty() {
  const { inbox: words } = useTexts();
  const { filter, listHref } = useInbox();
  const { rows } = useInboxState();
  const { list, tag } = filter;
  const { title, text } = words.empty[list];
  if (tag !== null)
    return (
      <div className="empty">
        <p>{words.empty.tag}</p>
        <Link className="button" href={listHref(list, null)}>
          {words.tag.clear}
        </Link>
      </div>
    );
  return (
    <div className="empty">
      <h3 className="display">{title}</h3>
      <p>{text}</p>
      {rows.size === 0 && <Start />}
    </div>
  );
}

/** Pages on which a step is done. */
const PAGES: Partial<Record<StartView["steps"][number]["name"], PageName>> = {
  invite: "team",
  handoffs: "settings",
};

/** Steps of a company that begins, while one is left. */
function Start() {
  const { inbox } = useTexts();
  const { tenantId, role } = useTenant();
  const { data } = useTenantApi<StartView>(role === "owner" ? "/start" : null);
  const { start } = inbox;
  if (!data || data.steps.every(({ done }) => done)) return null;
  return (
    <section className="start" aria-label={start.title}>
      <h4>{start.title}</h4>
      <ol>
        {data.steps.map(({ name, done }) => {
          const page = PAGES[name];
          const words = start.steps[name];
          return (
            <li key={name} data-done={done}>
              <b>{page ? <Link href={pageHref(tenantId, page)}>{words.name}</Link> : words.name}</b>
              {done ? <span className="start-done">✓ {start.done}</span> : <span>{words.text}</span>}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
