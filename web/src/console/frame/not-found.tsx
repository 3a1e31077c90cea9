import "../shell/notice.css";
import { Link } from "wouter";
import { useTexts } from "../shell/texts.ts";

/** An address with nothing behind it. */
export function NotFound() {
  const { shell } = useTexts();
  return (
    <main className="notice">
      <h1 className="display">{shell.notFound.title}</h1>
      <p>{shell.notFound.advice}</p>
      <Link className="button" href="/">
        {shell.notFound.home}
      </Link>
    </main>
  );
}
