import "./page-frame.css";
import { type ReactNode, useEffect } from "react";

interface Props {
  title: string;
  /** One sentence on what the page is for. */
  intro?: string;
  /** Buttons beside the title. */
  actions?: ReactNode;
  children: ReactNode;
}

/** Page with a title; sets the title of the tab too. */
export function PageFrame({ title, intro, actions, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Chasqui`;
  }, [title]);
  return (
    <main className="page" id="main" tabIndex={-1}>
      <header className="page-head">
        <div>
          <h1 className="display">{title}</h1>
          {intro && <p>{intro}</p>}
        </div>
        {actions && <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </main>
  );
}
