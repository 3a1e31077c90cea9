/** The company behind a number. */

/** Languages of the bot's fixed texts. */
export type Language = "es" | "en" | "pt";

/** Facts about the company, stored as data (`tenants.profile`) and written by the company itself. */
export interface CompanyProfile {
  name: string;
  /** One or two sentences about what the company does. */
  about: string;
  /** Tone of the replies, e.g. "friendly, short, informal (tú)". */
  tone: string;
  /** Opening hours in words. */
  hours: string;
  /** IANA time zone, e.g. `America/Lima`. */
  timeZone: string;
  /** The language used when the customer's is not known. */
  language: Language;
  /** Other ways to reach the company (phone, e-mail, page), as text; may be empty. */
  contact: string;
  /** Approved template sent when the 24-hour window closes before the reply goes out, with its code per language. */
  reengagement?: { name: string; languageCodes: Partial<Record<Language, string>> };
  /** Days that customers' files are archived, up to 365; 0 or absent: not archived. */
  mediaDays?: number;
}

export interface Tenant {
  id: string;
  phoneNumberId: string;
  profile: CompanyProfile;
}
