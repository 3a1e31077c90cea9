import { PageFrame } from "../shell/page-frame.tsx";
import { useTexts } from "../shell/texts.ts";

/** Ratings. */
export default function Ratings() {
  const { shell } = useTexts();
  return <PageFrame title={shell.pages.ratings}>{null}</PageFrame>;
}
