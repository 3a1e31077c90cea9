import "./notice.css";
import { Component, type ReactNode } from "react";

/** Shown when even the texts are missing, so in all three languages. */
const WORDS = {
  es: ["No se pudo mostrar la página.", "Vuelve a cargarla; tus mensajes están guardados.", "Recargar"],
  en: ["The page could not be shown.", "Load it again; your messages are stored.", "Reload"],
  pt: ["Não foi possível mostrar a página.", "Recarregue-a; suas mensagens estão guardadas.", "Recarregar"],
} as const;

/** Catches what breaks below it, mostly parts of a page that a new release has replaced, and offers to load it again. */
export class Boundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    const tag = (document.documentElement.lang || navigator.language).slice(0, 2);
    const [title, advice, reload] = WORDS[tag as keyof typeof WORDS] ?? WORDS.en;
    return (
      <main className="notice" role="alert">
        <h1 className="display">{title}</h1>
        <p>{advice}</p>
        <button type="button" className="button primary" onClick={() => location.reload()}>
          {reload}
        </button>
      </main>
    );
  }
}
