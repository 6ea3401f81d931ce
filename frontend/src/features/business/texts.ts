/** What the page of the business says, in English. */

import type { CardWords } from "./members-form";

export const businessPage = {
  title: "Business",
  facts: "Changes appear on every page, in e-mails and on new documents. Documents you have already sent or issued don’t change.",
  loading: "Loading",
  sections: {
    identity: { title: "Identity", description: "Your business as clients and the tax authorities know it." },
    brand: { title: "Brand", description: "How your client portal, e-mails and documents look." },
    money: { title: "Money", description: "Your currency, your tax rates and how clients pay you." },
    formats: { title: "Formats", description: "How numbers, dates and times are written for you and your clients." },
    frontDoor: { title: "Home page", description: "What visitors see before they sign in. If you leave the headline or the introduction empty, a standard one appears." },
  },
};

export const names = {
  title: "Name and address",
  saved: "Name and address saved",
  fields: {
    name: { label: "Trading name", hint: "Appears on every page, e-mail and document that clients see.", missing: "Enter the name your clients know you by." },
    legal_name: { label: "Legal name", isOptional: true, hint: "As registered, for example with (Pty) Ltd or B.V." },
    address: { label: "Address", hint: "Printed on invoices and at the foot of every e-mail, line by line as you enter it here." },
    country: { label: "Country", isOptional: true, prompt: "Choose a country" },
  },
} satisfies CardWords;

export const registration = {
  title: "Registration",
  saved: "Registration saved",
  fields: {
    registration_number: { label: "Company registration number", isOptional: true, hint: "Printed on invoices." },
    tax_number: { label: (tax: string) => `${tax} number`, isOptional: true, hint: "Printed on invoices." },
  },
} satisfies CardWords;

export const contact = {
  title: "Contact details",
  saved: "Contact details saved",
  fields: {
    email: { label: "E-mail address", isOptional: true, invalid: "Enter an e-mail address, such as hello@example.com." },
    phone: { label: "Phone number", isOptional: true },
    website: { label: "Website", isOptional: true, hint: "The full address, starting with https://" },
  },
} satisfies CardWords;

export const logo = {
  title: "Logo",
  file: { label: "Image file", hint: "PNG, JPEG or WebP, up to 1 MB. A wide logo on a transparent background works best.", tooLarge: "This file is larger than 1 MB. Choose a smaller one." },
  add: "Drop a logo here",
  replace: "Drop a new logo here",
  uploading: "Uploading…",
  saved: "Logo saved",
  remove: "Remove logo",
  removed: "Logo removed",
  on: {
    light: { picture: "Your logo on a light page", caption: "On light pages" },
    dark: { picture: "Your logo on a dark page", caption: "On dark pages" },
  },
};

export const accentColour = {
  title: "Accent colour",
  saved: "Accent colour saved",
  light: { label: "On light pages", hint: "Used for buttons, links and the outline of the field you are editing.", missing: "Choose a colour." },
  dark: { label: "On dark pages", hint: { lighter: (colour: string) => `If you leave this empty, we use ${colour}, a lighter shade of your colour for light pages.`, same: "If you leave this empty, we use your colour for light pages." } },
  pick: { light: "Pick the colour on light pages", dark: "Pick the colour on dark pages" },
  invalid: "Enter a colour code such as #006c94.",
  sample: { button: "Approve proposal", link: "View invoice" },
};

export const contrast = {
  caption: { light: "Contrast on light pages", dark: "Contrast on dark pages" },
  columns: { use: "Use", contrast: "Contrast" },
  uses: { text: "Button text", pageLink: "Link on a page", pageControl: "Control on a page", cardLink: "Link on a card", cardControl: "Control on a card" },
  isEnough: (ratio: string, needed: string) => `${ratio} : 1, good (${needed} needed)`,
  isTooLittle: (ratio: string, needed: string) => `${ratio} : 1, too low (${needed} needed)`,
  /** The two colours that meet, each use as the server words it (`core/colour.py`). */
  pairs: {
    light: {
      text: (accent: string) => `White text on ${accent}`,
      pageLink: (accent: string) => `A link in ${accent} on a light page`,
      pageControl: (accent: string) => `A control in ${accent} on a light page`,
      cardLink: (accent: string) => `A link in ${accent} on a light card`,
      cardControl: (accent: string) => `A control in ${accent} on a light card`,
    },
    dark: {
      text: (accent: string) => `Dark text on ${accent}`,
      pageLink: (accent: string) => `A link in ${accent} on a dark page`,
      pageControl: (accent: string) => `A control in ${accent} on a dark page`,
      cardLink: (accent: string) => `A link in ${accent} on a dark card`,
      cardControl: (accent: string) => `A control in ${accent} on a dark card`,
    },
  },
  complaint: (pair: string, found: string, needed: string) => `${pair} has a contrast of ${found}; at least ${needed} is needed.`,
};

export const prices = {
  title: "Prices and terms",
  saved: "Prices and terms saved",
  currency: { label: "Currency", hint: "Used for new proposals. Existing drafts and documents keep theirs.", missing: "Choose a currency." },
  taxName: { label: "Tax name", hint: "What documents call your sales tax, for example VAT or GST. Your tax rates stay as they are.", missing: "Enter a name for the tax." },
  daysToPay: { label: "Days to pay", hint: "How long clients have to pay by bank transfer. Invoices will show it once they can be paid that way.", missing: "Enter a number of days.", invalid: "Enter a whole number of days." },
  terms: { label: "Standard terms", hint: "New proposals start with these terms." },
};

export const taxRates = {
  title: "Tax rates",
  empty: "No tax rates yet. Add the rate that applies today and the date it took effect.",
  noDefault: "No tax is the default, so new lines start without a tax rate. Choose the tax that most of your lines have.",
  noRateToday: (tax: string) => `${tax} has no rate today, so new lines start without one.`,
  ratesOf: (tax: string) => `${tax} rates`,
  period: (from: string, until: string | null) => (until ? `from ${from} until ${until}` : `from ${from}`),
  isDefault: "Default for new lines",
  mark: (tax: string) => `Use ${tax} for new lines`,
  marked: (tax: string) => `New lines now start with ${tax}`,
  unmark: "Remove default",
  unmarked: "New lines now start without a tax rate",
  lastDay: (isSet: boolean) => (isSet ? "Change last day" : "Set last day"),
  end: (rate: string, isSet: boolean) => `${taxRates.lastDay(isSet)} of ${rate}`,
  current: "In effect",
  upcoming: "Upcoming",
  remove: (rate: string) => `Delete ${rate}`,
  removed: "Tax rate deleted",
  name: { label: "Name", missing: "Enter a name for the tax." },
  rate: { label: "Rate (%)", missing: "Enter a rate.", invalid: "Enter a rate from 0 to 100." },
  validFrom: { label: "Effective from", missing: "Choose a date." },
  add: "Add rate",
  added: "Tax rate added",
};

export const lastDay = {
  title: (rate: string) => `Last day of ${rate}`,
  description: "After this day, new lines can’t start with this rate. Lines that already have it keep it, and sent documents never change.",
  label: "Last day",
  hint: "Leave this empty if the rate has no end.",
  cancel: "Cancel",
  save: "Save last day",
  saved: "Last day saved",
};

export const bank = {
  title: "Bank details",
  introduction: "Printed on new invoices for clients who pay by bank transfer. You’ll need your password to change them.",
  accountName: { label: "Account name", missing: "Enter the account name." },
  number: { label: "Account number or IBAN", missing: "Enter the account number or IBAN." },
  bankName: { label: "Bank" },
  bic: { label: "BIC (SWIFT)" },
  branchCode: { label: "Branch code" },
  note: { label: "Payment note", hint: "Printed below the bank details. The invoice number is added as the payment reference." },
  save: "Save bank details",
  saved: "Bank details saved",
  remove: {
    title: "Remove bank details",
    hint: "New invoices will no longer show where to pay by bank transfer.",
    verb: "Remove bank details",
    confirm: { title: "Remove bank details?", description: "New invoices won’t show where to pay by bank transfer. Invoices you have already issued don’t change." },
    done: "Bank details removed",
  },
};

export const formats = {
  title: "Numbers, dates and time",
  saved: "Formats saved",
  numbers: { label: "Numbers" },
  dates: { label: "Dates" },
  /** How both look where clients read them. */
  example: (amount: string, day: string) => `Clients read, for example: invoice for ${amount}, issued on ${day}.`,
  timezone: { label: "Time zone", hint: "Sets when a day begins and ends, for example the last day on which a proposal is valid.", missing: "Choose a time zone." },
};

export const frontDoor = {
  title: "Home page content",
  saved: "Home page saved",
  headline: { label: "Headline" },
  introduction: { label: "Introduction", hint: "Two or three sentences about what you do and who you do it for." },
  offer: {
    label: (number: number) => `Offer ${number}`,
    missing: "Enter a title for this offer.",
    text: { label: (number: number) => `Description of offer ${number}`, prompt: "What it includes, in one sentence" },
    picture: {
      file: {
        label: (number: number) => `Picture for offer ${number}`,
        hint: "PNG, JPEG or WebP, up to 5 MB. Shown at three to two, for example 1200 by 800 pixels.",
        tooLarge: "This file is larger than 5 MB. Choose a smaller one.",
      },
      add: "Drop a picture",
      replace: "Drop a new picture",
      uploading: "Uploading…",
      preview: (number: number) => `Picture for offer ${number}, as visitors will see it`,
      alt: { label: (number: number) => `Text for people who can’t see picture ${number}`, hint: "Describe what it shows. Leave it empty if the picture is only decorative." },
      remove: "Remove picture",
      removeOf: (number: number) => `Remove picture ${number}`,
    },
  },
  contact: { label: "Contact", hint: "One sentence that invites visitors to get in touch." },
  about: { label: "About", hint: "The text of your About page." },
  preview: "Preview home page",
  previewHint: "Shows the page as visitors see it now. Save your changes to see them there.",
};
