import { Icon } from "../../shared/icons.tsx";
import { Sheet } from "../../shared/overlay/sheet.tsx";
import { usePage } from "../../shared/page.tsx";
import { useActions } from "../actions/actions.ts";
import { PLACES } from "../samples/samples.ts";

/** Sample locations; a tap sends one. */
export function PlacesSheet({ replyTo, onClose }: { replyTo: string | null; onClose(): void }) {
  const { texts } = usePage();
  const actions = useActions();
  return (
    <Sheet title={texts.simulator.places.title} onClose={onClose}>
      <ul className="sheet-rows">
        {PLACES.map((place) => (
          <li key={place.latitude}>
            <button
              type="button"
              className="sheet-row"
              onClick={() => {
                actions.write({ type: "location", ...place }, replyTo === null ? {} : { replyTo });
                onClose();
              }}
            >
              <Icon name="location" />
              <span>
                <b>{place.name || texts.chat.kinds.location}</b>
                <small>{place.address || `${place.latitude}, ${place.longitude}`}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <div className="sheet-buttons">
        <button type="button" className="button" onClick={onClose}>
          {texts.simulator.places.cancel}
        </button>
      </div>
    </Sheet>
  );
}
