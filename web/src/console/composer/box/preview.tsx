import { FormattedText } from "../../../chat/text/formatted-text.tsx";
import { type Block, type Inline, parseMessage } from "../../../chat/text/formatting.ts";
import { useTexts } from "../../shell/texts.ts";

/** What WhatsApp will make of the marks in a text; nothing for plain text. */
export function Preview({ text }: { text: string }) {
  const { box } = useTexts().composer;
  if (!parseMessage(text).some(isFormatted)) return null;
  return (
    <figure className="write-preview">
      <figcaption>{box.preview}</figcaption>
      <FormattedText text={text} />
    </figure>
  );
}

function isFormatted(block: Block): boolean {
  return block.kind !== "lines" || block.lines.flat().some(isStyled);
}

const isStyled = ({ kind }: Inline): boolean => kind !== "text" && kind !== "link";
