import "./formatted-text.css";
import { Fragment, memo } from "react";
import { type Block, type Inline, parseMessage } from "./formatting.ts";

// A message never changes once it is shown, so positions are stable keys.
function keyed<T>(parts: readonly T[]): { key: string; part: T }[] {
  return parts.map((part, place) => ({ key: String(place), part }));
}

function Line({ parts }: { parts: readonly Inline[] }) {
  return keyed(parts).map(({ key, part }) => <Part key={key} part={part} />);
}

function Part({ part }: { part: Inline }) {
  switch (part.kind) {
    case "text":
      return part.text;
    case "code":
      return <code>{part.text}</code>;
    case "link":
      return (
        <a href={part.href} target="_blank" rel="noopener noreferrer nofollow">
          {part.text}
        </a>
      );
    case "bold":
      return <strong>{<Line parts={part.children} />}</strong>;
    case "italic":
      return <em>{<Line parts={part.children} />}</em>;
    case "strike":
      return <s>{<Line parts={part.children} />}</s>;
  }
}

function Lines({ lines }: { lines: readonly Inline[][] }) {
  return keyed(lines).map(({ key, part }) => (
    <Fragment key={key}>
      {key !== "0" && <br />}
      <Line parts={part} />
    </Fragment>
  ));
}

function Items({ items }: { items: readonly Inline[][] }) {
  return keyed(items).map(({ key, part }) => (
    <li key={key}>
      <Line parts={part} />
    </li>
  ));
}

function MessageBlock({ block }: { block: Block }) {
  switch (block.kind) {
    case "lines":
      return (
        <p>
          <Lines lines={block.lines} />
        </p>
      );
    case "quote":
      return (
        <blockquote>
          <Lines lines={block.lines} />
        </blockquote>
      );
    case "bullets":
      return (
        <ul>
          <Items items={block.items} />
        </ul>
      );
    case "numbers":
      return (
        <ol start={block.first}>
          <Items items={block.items} />
        </ol>
      );
    case "mono":
      return <pre>{block.text}</pre>;
  }
}

/** A message in WhatsApp's formatting; its text never becomes markup. */
export const FormattedText = memo(function FormattedText({ text }: { text: string }) {
  return (
    <div className="formatted">
      {keyed(parseMessage(text)).map(({ key, part }) => (
        <MessageBlock key={key} block={part} />
      ))}
    </div>
  );
});
