/** The company that a number belongs to. */

/** Languages in which every text of the bot exists. */
export type Language = "es" | "en" | "pt";

/** The company's own facts, kept as data (`tenants.profile`). Every text is written by the company. */
export interface CompanyProfile {
  name: string;
  /** What the company does, in a sentence or two. */
  about: string;
  /** How the bot should sound, e.g. "friendly, short, informal (tú)". */
  tone: string;
  /** Opening hours as a person would say them. */
  hours: string;
  /** IANA time zone, e.g. `America/Lima`. */
  timeZone: string;
  /** The language used when the customer's is not known. */
  language: Language;
  /** Ways to reach a person other than this chat (phone, e-mail, page), as text; may be empty. */
  contact: string;
  /** What is said when the 24-hour window has closed before an answer went out: an approved template, by language. */
  reengagement?: { name: string; languageCodes: Partial<Record<Language, string>> };
  /** Days that files which customers sent are kept, up to 365; none when it is 0 or absent. */
  mediaDays?: number;
}

export interface Tenant {
  id: string;
  phoneNumberId: string;
  profile: CompanyProfile;
}
