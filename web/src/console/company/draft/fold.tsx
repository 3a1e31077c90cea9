import { type ReactNode, useState } from "react";

interface Props {
  /** Opens it, and what is put right leaves it open: somebody is writing there. */
  isWrong: boolean;
  summary: ReactNode;
  children: ReactNode;
}

/** A card of which only the headline shows until it is opened. */
export function Fold({ isWrong, summary, children }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      className="card intent"
      open={isOpen || isWrong}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>{summary}</summary>
      {children}
    </details>
  );
}
