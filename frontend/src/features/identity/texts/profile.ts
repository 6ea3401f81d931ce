/** What the page of one's own account says, in English. */

import type { Role } from "@/api/generated";
import type { Theme } from "@/lib/theme";

export const profile = {
  title: "Your profile",
  sections: {
    details: { title: "Your details", description: "How you appear to the people you work with, and the time zone you work in." },
    account: { title: "Account", description: "How you sign in, and what you may do." },
    appearance: { title: "Appearance", description: "Your choice is saved in this browser." },
  },
};

export const details = {
  title: "Name and time zone",
  saved: "Profile saved",
  name: { label: "Name", hint: "Shown to everyone you work with, and used in e-mails to you.", missing: "Enter your name." },
  timezone: { hint: "Dates and times are shown to you in this time zone.", missing: "Choose your time zone." },
};

export const account = {
  email: "E-mail address",
  role: "Role",
  organization: "Organization",
  staff: "Staff",
  id: "Account ID",
  copied: "your account ID",
};

/** Who changes what one cannot change oneself. */
export const changes = {
  client: (business: string) => `To change your e-mail address or role, <contact>contact ${business}</contact>.`,
  staff: "To change your e-mail address or role, ask whoever runs CapeControl for your business.",
};

export const appearance = { theme: "Theme" };

export const themes = { system: "System", light: "Light", dark: "Dark" } satisfies Record<Theme, string>;

export const roles = {
  OPERATOR: "Operator",
  AUDITOR: "Auditor",
  DEVELOPER: "Developer",
  OWNER: "Owner",
  ADMINISTRATOR: "Administrator",
  USER: "User",
} satisfies Record<Role, string>;
