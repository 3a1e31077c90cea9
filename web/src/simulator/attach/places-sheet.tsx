import { usePage } from "../../shared/page.tsx";
import { useActs } from "../acts.ts";
import { Icon } from "../icons.tsx";
import { Sheet } from "../overlay/sheet.tsx";
import { PLACES } from "../samples.ts";

/** Where the customer might be: one tap sends it. */
export function PlacesSheet({ replyTo, onClose }: { replyTo: string | null; onClose(): void }) {
  const { texts } = usePage();
  const words = texts.simulator.messages;
  const acts = useActs();
  return (
    <Sheet title={words.places.title} onClose={onClose}>
      <ul className="sheet-rows">
        {PLACES.map((place) => (
          <li key={place.latitude}>
            <button
              type="button"
              className="sheet-row"
              onClick={() => {
                acts.write({ type: "location", ...place }, replyTo === null ? {} : { replyTo });
                onClose();
              }}
            >
              <Icon name="location" />
              <span>
                <b>{place.name || words.kinds.location}</b>
                <small>{place.address || `${place.latitude}, ${place.longitude}`}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <div className="sheet-buttons">
        <button type="button" className="button" onClick={onClose}>
          {words.places.cancel}
        </button>
      </div>
    </Sheet>
  );
}
