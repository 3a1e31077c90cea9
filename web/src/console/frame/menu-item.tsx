import type { ReactNode } from "react";
import { NavIcon, type NavIconName } from "../shell/icons.tsx";

interface Props {
  icon: NavIconName;
  /** Of a choice among several. */
  checked?: boolean;
  onChoose(): void;
  children: ReactNode;
}

/** One line of a menu. */
export function MenuItem({ icon, checked, onChoose, children }: Props) {
  const choice = checked === undefined ? {} : { role: "menuitemcheckbox", "aria-checked": checked };
  return (
    <button type="button" role="menuitem" tabIndex={-1} className="menu-item" onClick={onChoose} {...choice}>
      <NavIcon name={icon} />
      <span>{children}</span>
      {checked && <span aria-hidden="true">✓</span>}
    </button>
  );
}
