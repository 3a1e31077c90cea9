import { PageFrame } from "../shell/page-frame.tsx";
import { useTexts } from "../shell/texts.ts";

/** Settings of the company. */
export default function Settings() {
  const { shell } = useTexts();
  return <PageFrame title={shell.pages.settings}>{null}</PageFrame>;
}
