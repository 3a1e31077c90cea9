import { Link } from "wouter";
import type { AuditEntry, Role } from "../../../../contracts/console/access.ts";
import { textFor } from "../../texts/texts.ts";
import { useTenant } from "../client/session.tsx";
import { useDates } from "../shell/dates.ts";
import { conversationHref } from "../shell/pages.ts";
import { useTexts } from "../shell/texts.ts";

/** Lines of the audit log. */
export function AuditTable({ entries }: { entries: readonly AuditEntry[] }) {
  const { shell, access } = useTexts();
  return (
    <div className="audit-frame">
      <table className="audit" aria-label={shell.pages.audit}>
        <thead>
          <tr>
            <th scope="col">{access.audit.when}</th>
            <th scope="col">{access.audit.who}</th>
            <th scope="col">{access.audit.act}</th>
            <th scope="col">{access.audit.detail}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <Line key={entry.id} entry={entry} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Line({ entry: { at, operator, act, conversationId, detail } }: { entry: AuditEntry }) {
  const { access } = useTexts();
  const { tenantId } = useTenant();
  const dates = useDates();
  const said = useSaid(detail);
  return (
    <tr>
      <td className="number">{dates.moment(at)}</td>
      <td>{operator}</td>
      <td>{textFor(access.audit.acts, act) ?? act}</td>
      <td>
        {conversationId && (
          <Link href={conversationHref(tenantId, conversationId)}>{access.audit.conversation}</Link>
        )}
        {conversationId && said.length > 0 && " · "}
        {said.join(" · ")}
      </td>
    </tr>
  );
}

/** A technical id: the CSV has it, and people read nothing in it. */
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The details of a line in words. */
function useSaid(detail: AuditEntry["detail"]): string[] {
  const { access } = useTexts();
  return Object.entries(detail).flatMap(([name, value]) => {
    const text = String(value);
    if (ID.test(text)) return [];
    if (name === "email") return [text];
    if (name === "role") return [access.roles[text as Role]?.name ?? text];
    if (name === "kind") return [];
    return [`${name}: ${text}`];
  });
}
