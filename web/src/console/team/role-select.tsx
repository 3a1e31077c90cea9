import type { Role } from "../../../../contracts/console/access.ts";
import { useTexts } from "../shell/texts.ts";

const ROLES: readonly Role[] = ["viewer", "agent", "owner"];

interface Props {
  /** Whose role it is. */
  name: string;
  role: Role;
  disabled: boolean;
  onChange(role: Role): void;
}

/** Choice of a person's role. */
export function RoleSelect({ name, role, disabled, onChange }: Props) {
  const { access } = useTexts();
  return (
    <select
      className="role-select"
      aria-label={access.team.roleOf(name)}
      value={role}
      disabled={disabled}
      onChange={(event) => onChange(event.currentTarget.value as Role)}
    >
      {ROLES.map((each) => (
        <option key={each} value={each}>
          {access.roles[each].name}
        </option>
      ))}
    </select>
  );
}

/** Choice of the role of somebody who is invited, with what each role may. */
export function RoleChoice({ initial }: { initial: Role }) {
  const { access } = useTexts();
  return (
    <fieldset className="role-choice">
      <legend>{access.team.role}</legend>
      {ROLES.map((role) => (
        <label key={role}>
          <input type="radio" name="role" value={role} defaultChecked={role === initial} />
          <span>
            <strong>{access.roles[role].name}</strong>
            <span className="hint">{access.roles[role].may}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
