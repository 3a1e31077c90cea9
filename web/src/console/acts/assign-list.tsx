import type { TeamMember } from "../../../../contracts/console/access.ts";
import type { Assign } from "../../../../contracts/console/acts.ts";
import { useSession } from "../client/session.tsx";
import { useTenantApi } from "../client/use-api.ts";
import type { ConversationProps } from "../outbox/conversation-props.ts";
import { Problem } from "../shell/problem.tsx";
import { useTexts } from "../shell/texts.ts";
import { useAct } from "./use-act.ts";

interface Choice {
  id: string | null;
  name: string;
}

/** Everybody of the team who may answer, this operator first, and nobody in particular. */
export function AssignList({ onClose, ...props }: ConversationProps & { onClose(): void }) {
  const { assign: words } = useTexts().composer;
  const { me } = useSession();
  const { data, error, mutate } = useTenantApi<TeamMember[]>("/operators");
  const act = useAct(props);
  const now = props.view.row.assignee?.id ?? null;
  if (error) return <Problem error={error} onRetry={() => void mutate()} />;
  if (!data) return <p role="status">{words.loading}</p>;
  const choices: Choice[] = [...team(data, me.id, words.me), { id: null, name: words.nobody }];
  const choose = async (operatorId: string | null) => {
    const body: Assign = { operatorId };
    if (await act("assign", body)) onClose();
  };
  return (
    <ul className="choice-list">
      {choices.map(({ id, name }, place) => (
        <li key={id ?? "nobody"}>
          <button
            type="button"
            aria-pressed={id === now}
            data-first={place === 0 ? "" : undefined}
            onClick={() => void choose(id)}
          >
            {name}
            {id === now && <span aria-hidden="true">✓</span>}
          </button>
        </li>
      ))}
    </ul>
  );
}

function team(members: readonly TeamMember[], ownId: string, own: (name: string) => string): Choice[] {
  return members
    .filter(({ operatorId, role }) => operatorId !== null && role !== "viewer")
    .map(({ operatorId, name, email }) => {
      const shown = name || email;
      return { id: operatorId, name: operatorId === ownId ? own(shown) : shown };
    })
    .sort((a, b) => Number(b.id === ownId) - Number(a.id === ownId) || a.name.localeCompare(b.name));
}
