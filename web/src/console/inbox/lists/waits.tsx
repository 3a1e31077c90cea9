import { usePage } from "../../../shared/page.tsx";
import { useTexts } from "../../shell/texts.ts";
import { waitTone } from "../state/time.ts";

interface Props {
  since: number;
  now: number;
  targetMin: number;
}

/** How long a customer has waited for a person, coloured by the target. */
export function Waits({ since, now, targetMin }: Props) {
  const { formats } = usePage();
  const { inbox } = useTexts();
  const tone = waitTone(now - since, targetMin);
  return (
    <span className="waits number" data-tone={tone} title={inbox.row.tones[tone] || undefined}>
      {inbox.row.waits(formats.span(now - since))}
      {tone !== "calm" && <span className="unseen">, {inbox.row.tones[tone]}</span>}
    </span>
  );
}
