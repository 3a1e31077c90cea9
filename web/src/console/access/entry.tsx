import "./entry.css";
import "../../shared/top-bar.css";
import { type ReactNode, useEffect } from "react";
import { LanguageSwitch } from "../../shared/language-switch.tsx";
import { Logo } from "../../shared/logo.tsx";
import { ThemeSwitch } from "../../shared/theme-switch.tsx";

/** Frame of the pages before somebody is signed in. */
export function Entry({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Chasqui`;
  }, [title]);
  return (
    <div className="entry">
      <header className="entry-bar">
        <p className="entry-name">
          <Logo />
          <span className="display">Chasqui</span>
        </p>
        <LanguageSwitch />
        <ThemeSwitch />
      </header>
      <main className="entry-card">
        <div className="fret entry-fret" aria-hidden="true" />
        <h1 className="display">{title}</h1>
        {children}
      </main>
    </div>
  );
}
