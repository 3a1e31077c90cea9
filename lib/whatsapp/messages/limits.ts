/**
 * Meta's limits: characters of a text, or a number of items (Cloud API, pages `messages/*`, `templates/*` and
 * `flows/guides/sendingaflow`, read in November 2026). Meta does not define a character. We count UTF-16 units, which are
 * never fewer than code points or visible characters, so a text that fits here fits by any definition.
 */
export const LIMITS = {
  textBody: 4096,
  caption: 1024,
  contacts: 257,
  /** Body of every interactive message except the list. */
  interactiveBody: 1024,
  headerText: 60,
  footer: 60,
  buttons: 3,
  buttonTitle: 20,
  buttonId: 256,
  listBody: 4096,
  listButton: 20,
  sections: 10,
  sectionTitle: 24,
  /** Rows of all sections together. */
  rows: 10,
  rowTitle: 24,
  rowDescription: 72,
  rowId: 200,
  linkLabel: 20,
  flowLabel: 30,
  templateName: 512,
  templateHeaderText: 60,
  /** Body next to a header or buttons. */
  templateBodyText: 1024,
  templateBodyTextAlone: 32_768,
  templateCoupon: 15,
  /** Buttons of a template, at positions 0 to 9. */
  templateButtons: 10,
} as const;
