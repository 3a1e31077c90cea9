import type { ListRow } from "../../types/outbound.ts";
import { Check } from "./check.ts";
import { framed, interactive } from "./frame.ts";
import { LIMITS } from "./limits.ts";
import type { FreeForm, GraphPart } from "./part.ts";

/** The Graph body of a text with one to three buttons. */
export function buttonsBody(message: FreeForm<"buttons">): GraphPart {
  const check = new Check("buttons");
  const buttons = check.count("buttons", message.buttons, LIMITS.buttons).map(({ id, title }, at) => ({
    type: "reply",
    reply: {
      id: check.id(`buttons[${at}].id`, id, LIMITS.buttonId),
      title: check.text(`buttons[${at}].title`, title, LIMITS.buttonTitle),
    },
  }));
  check.unique(
    "buttons[].id",
    message.buttons.map(({ id }) => id),
  );
  check.unique(
    "buttons[].title",
    message.buttons.map(({ title }) => title.trim()),
  );
  return interactive("button", framed(check, message), { buttons });
}

/** The Graph body of a text with a list that opens. */
export function listBody(message: FreeForm<"list">): GraphPart {
  const check = new Check("list");
  if (message.header && message.header.type !== "text")
    check.refuse("header", "a text", message.header.type, "Use a text header, or send the file by itself.");
  const sections = check.count("sections", message.sections, LIMITS.sections);
  const all = sections.flatMap(({ rows }) => rows);
  check.count("sections[].rows", all, LIMITS.rows);
  check.unique(
    "sections[].rows[].id",
    all.map(({ id }) => id),
  );
  return interactive("list", framed(check, message, LIMITS.listBody), {
    button: check.text("button", message.button, LIMITS.listButton),
    sections: sections.map(({ title, rows }, at) => {
      const field = `sections[${at}]`;
      if (title === undefined && sections.length > 1)
        check.refuse(`${field}.title`, "a title", "none", "Name every section when there are several.");
      return {
        ...(title !== undefined && { title: check.text(`${field}.title`, title, LIMITS.sectionTitle) }),
        rows: check
          .count(`${field}.rows`, rows, LIMITS.rows)
          .map((row, index) => rowBody(check, `${field}.rows[${index}]`, row)),
      };
    }),
  });
}

function rowBody(check: Check, field: string, { id, title, description }: ListRow): object {
  return {
    id: check.id(`${field}.id`, id, LIMITS.rowId),
    title: check.text(`${field}.title`, title, LIMITS.rowTitle),
    ...(description !== undefined && {
      description: check.text(`${field}.description`, description, LIMITS.rowDescription),
    }),
  };
}

/** The Graph body of a text with a button that opens an address. */
export function linkBody(message: FreeForm<"cta_url">): GraphPart {
  const check = new Check("cta_url");
  return interactive("cta_url", framed(check, message), {
    name: "cta_url",
    parameters: {
      display_text: check.text("label", message.label, LIMITS.linkLabel),
      url: check.link("url", message.url, ["https"]),
    },
  });
}

/** The Graph body of a request with Meta's own button: for a location or a phone number. */
export function requestBody(message: FreeForm<"location_request" | "contact_request">): GraphPart {
  const body = { text: new Check(message.kind).text("body", message.body, LIMITS.interactiveBody) };
  return message.kind === "location_request"
    ? interactive("location_request_message", { body }, { name: "send_location" })
    : interactive("request_contact_info", { body }, { name: "request_contact_info" });
}
