import "./place.css";
import type { SimContent } from "../../api.ts";
import { usePage } from "../../shared/page.tsx";
import { Icon } from "../icons.tsx";
import map from "../map.svg";

type Location = Extract<SimContent, { kind: "location" }>;

/** A place: a drawing in place of a map, which the page fetches from nowhere, its name, and a way to a real map. */
export function Place({ place }: { place: Location }) {
  const { texts } = usePage();
  const words = texts.simulator.messages;
  const { latitude, longitude, name, address } = place;
  const position = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  const href = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
  return (
    <a className="place" href={href} target="_blank" rel="noopener noreferrer">
      <span className="place-map">
        <img src={map} alt="" />
        <Icon name="location" />
      </span>
      <span className="unseen">{words.openMap}: </span>
      <b>{name || words.kinds.location}</b>
      <small>{address || position}</small>
    </a>
  );
}
