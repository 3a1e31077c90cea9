import "./setup.css";
import { useState } from "react";
import type { PlaygroundView } from "../../../../contracts/console/playground.ts";
import type { VersionsView } from "../../../../contracts/console/versions.ts";
import { useTenantApi } from "../../console/client/use-api.ts";
import { usePage } from "../../shared/page.tsx";
import { changeTalk, type Talk, type TalkRef } from "../state/talk.ts";
import { usePlaygroundTexts } from "../words/texts.ts";
import { letterOf } from "../words/words.ts";
import { CustomerFields } from "./customer-fields.tsx";
import { SideFields } from "./side-fields.tsx";

interface Props {
  talk: Talk;
  reference: TalkRef;
  view: PlaygroundView;
}

/** Room beside the conversation from this width on. */
const WIDE = "(min-width: 64rem)";

/** Who writes and who answers; folded on a phone, where the conversation needs the room. */
export function Setup({ talk, reference, view }: Props) {
  const { formats } = usePage();
  const words = usePlaygroundTexts();
  const [isOpen, setOpen] = useState(() => matchMedia(WIDE).matches);
  // Without versions there is the live company, and perhaps a draft.
  const { data } = useTenantApi<VersionsView>("/versions", { shouldRetryOnError: false });
  const { customer, sides } = talk;
  const { usedUsd, limitUsd } = view.budget;
  return (
    <details
      className="card setup"
      open={isOpen}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{words.setup}</summary>
      {reference.turnId === null && (
        <CustomerFields
          customer={customer}
          ordersConnected={view.ordersConnected}
          testPhones={view.testPhones}
          onChange={(changed) => changeTalk(reference, { customer: changed })}
        />
      )}
      {sides.map((side, place) => (
        <SideFields
          // biome-ignore lint/suspicious/noArrayIndexKey: sides do not change places.
          key={place}
          title={sides.length > 1 ? words.side(letterOf(place)) : words.answerBy}
          side={side}
          view={view}
          versions={data?.versions ?? []}
          onChange={(changed) =>
            changeTalk(reference, { sides: sides.map((each, at) => (at === place ? changed : each)) })
          }
        />
      ))}
      <p className="hint number">{words.budget(formats.usd(usedUsd), formats.usd(limitUsd))}</p>
    </details>
  );
}
