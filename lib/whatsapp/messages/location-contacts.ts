import type { ContactCard } from "../../types/outbound.ts";
import { Check } from "./check.ts";
import { LIMITS } from "./limits.ts";
import type { FreeForm, GraphPart } from "./part.ts";

/** The Graph body of a location, in decimal degrees. */
export function locationBody(message: FreeForm<"location">): GraphPart {
  const check = new Check("location");
  const { name, address } = message;
  return {
    type: "location",
    location: {
      latitude: check.within("latitude", message.latitude, 90),
      longitude: check.within("longitude", message.longitude, 180),
      ...(name !== undefined && { name: check.text("name", name) }),
      ...(address !== undefined && { address: check.text("address", address) }),
    },
  };
}

/** The Graph body of contact cards. */
export function contactsBody(message: FreeForm<"contacts">): GraphPart {
  const check = new Check("contacts");
  const contacts = check.count("contacts", message.contacts, LIMITS.contacts);
  return { type: "contacts", contacts: contacts.map((card, at) => cardBody(check, `contacts[${at}]`, card)) };
}

function cardBody(check: Check, field: string, card: ContactCard): object {
  const { formattedName, firstName, lastName } = card.name;
  return {
    name: {
      formatted_name: check.text(`${field}.name.formattedName`, formattedName),
      // Meta refuses a name with only the formatted part.
      ...((firstName ?? lastName) === undefined && { first_name: formattedName }),
      ...(firstName !== undefined && { first_name: check.text(`${field}.name.firstName`, firstName) }),
      ...(lastName !== undefined && { last_name: check.text(`${field}.name.lastName`, lastName) }),
    },
    ...(card.phones && {
      phones: card.phones.map(({ phone, type, waId }, at) => ({
        phone: check.text(`${field}.phones[${at}].phone`, phone),
        ...(type !== undefined && { type }),
        ...(waId !== undefined && { wa_id: waId }),
      })),
    }),
    ...(card.emails && {
      emails: card.emails.map(({ email, type }, at) => ({
        email: check.text(`${field}.emails[${at}].email`, email),
        ...(type !== undefined && { type }),
      })),
    }),
    ...(card.urls && {
      urls: card.urls.map(({ url, type }, at) => ({
        url: check.text(`${field}.urls[${at}].url`, url),
        ...(type !== undefined && { type }),
      })),
    }),
    ...(card.organization && { org: { ...card.organization } }),
  };
}
