import "../shell/notice.css";
import { Link } from "wouter";
import { useTexts } from "../shell/texts.ts";

/** Somebody signed in who belongs to no company any more. */
export function NoCompany() {
  const { shell } = useTexts();
  return (
    <main className="notice">
      <h1 className="display">{shell.noCompany.title}</h1>
      <p>{shell.noCompany.advice}</p>
      <Link className="button" href="/account">
        {shell.pages.account}
      </Link>
    </main>
  );
}
