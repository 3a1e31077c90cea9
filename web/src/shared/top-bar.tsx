import "./top-bar.css";
import type { ReactNode } from "react";
import { LanguageSwitch } from "./language-switch.tsx";
import { Logo } from "./logo.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";

/** Page title, links of the page, language and theme. */
export function TopBar({ title, children }: { title: string | null; children?: ReactNode }) {
  return (
    <header className="top-bar">
      <p className="top-bar-name">
        <Logo />
        <span className="display">Chasqui</span>
        {title && <span className="top-bar-title">{title}</span>}
      </p>
      {children}
      <LanguageSwitch />
      <ThemeSwitch />
    </header>
  );
}
