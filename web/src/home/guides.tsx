import { usePage } from "../shared/page.tsx";

/** Guides by file name: they are part of the repository, not of a public site. */
export function Guides() {
  const { texts } = usePage();
  return (
    <section className="home-section">
      <h2>{texts.home.docs}</h2>
      <p className="home-hint">{texts.home.docsHint}</p>
      <ul className="guides">
        {Object.entries(texts.home.guides).map(([file, what]) => (
          <li className="guide" key={file}>
            <code>{file}</code>
            <span>{what}</span>
          </li>
        ))}
      </ul>
      <p className="guides-links">
        <a href="https://developers.facebook.com/docs/whatsapp/cloud-api" rel="noreferrer">
          {texts.home.meta}
        </a>
        <a href="/api/health">{texts.home.raw}</a>
      </p>
    </section>
  );
}
