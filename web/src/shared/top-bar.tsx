import "./top-bar.css";
import { LanguageSwitch } from "./language-switch.tsx";
import { Logo } from "./logo.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";

/** Page title, language and theme. */
export function TopBar({ title }: { title: string | null }) {
  return (
    <header className="top-bar">
      <p className="top-bar-name">
        <Logo />
        <span className="display">Chasqui</span>
        {title && <span className="top-bar-title">{title}</span>}
      </p>
      <LanguageSwitch />
      <ThemeSwitch />
    </header>
  );
}
