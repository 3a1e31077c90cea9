/**
 * Meta's limits: characters of a text, or how many of a thing (Cloud API, pages `messages/*`, `templates/*` and
 * `flows/guides/sendingaflow`, read in November 2026). What a character is Meta does not say: they are counted here in
 * UTF-16 units, which are never fewer than code points or visible characters, so what fits here fits by any reading.
 */
export const LIMITS = {
  textBody: 4096,
  caption: 1024,
  contacts: 257,
  /** Of every interactive message but the list. */
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
  /** Of all sections together. */
  rows: 10,
  rowTitle: 24,
  rowDescription: 72,
  rowId: 200,
  linkLabel: 20,
  flowLabel: 30,
  templateName: 512,
  templateHeaderText: 60,
  /** With a header or buttons beside it. */
  templateBodyText: 1024,
  templateBodyTextAlone: 32_768,
  templateCoupon: 15,
  /** Buttons of a template, so their places are 0 to 9. */
  templateButtons: 10,
} as const;
