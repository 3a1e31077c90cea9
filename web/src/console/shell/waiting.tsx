import { useTexts } from "./texts.ts";

/** Shown while a page or its data is on the way; appears only when that takes a moment. */
export function Waiting() {
  const { shell } = useTexts();
  return (
    <p className="waiting" role="status">
      <span className="waiting-dots" aria-hidden="true" />
      {shell.loading}
    </p>
  );
}
