import "./notice.css";
import { errorWords } from "./errors.ts";
import { useTexts } from "./texts.ts";

interface Props {
  error: unknown;
  /** Offered where trying again may help. */
  onRetry?: () => void;
  /** Words of the page for codes of its own. */
  words?: Readonly<Record<string, string>>;
}

/** A failure in words, with a way on. */
export function Problem({ error, onRetry, words }: Props) {
  const texts = useTexts();
  return (
    <div className="problem" role="alert">
      <p>{errorWords(texts, error, words)}</p>
      {onRetry && (
        <button type="button" className="button" onClick={onRetry}>
          {texts.shell.retry}
        </button>
      )}
    </div>
  );
}
