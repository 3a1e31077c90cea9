import "./place.css";
import type { ChatContent } from "../../../../contracts/chat.ts";
import { Icon } from "../../shared/icons.tsx";
import { usePage } from "../../shared/page.tsx";
import map from "./map.svg";

type Location = Extract<ChatContent, { kind: "location" }>;

/** A location: a drawing instead of a map, because the page loads nothing from other sites, and a link to a real map. */
export function Place({ place }: { place: Location }) {
  const { texts } = usePage();
  const { latitude, longitude, name, address } = place;
  const position = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  const href = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
  return (
    <a className="place" href={href} target="_blank" rel="noopener noreferrer">
      <span className="place-map">
        <img src={map} alt="" />
        <Icon name="location" />
      </span>
      <span className="unseen">{texts.chat.openMap}: </span>
      <b>{name || texts.chat.kinds.location}</b>
      <small>{address || position}</small>
    </a>
  );
}
