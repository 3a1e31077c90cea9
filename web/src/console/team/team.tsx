import { PageFrame } from "../shell/page-frame.tsx";
import { useTexts } from "../shell/texts.ts";

/** People of the company. */
export default function Team() {
  const { shell } = useTexts();
  return <PageFrame title={shell.pages.team}>{null}</PageFrame>;
}
