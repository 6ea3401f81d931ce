/** What the page of one's own account says, in English. */

import type { Role } from "@/api/generated";
import type { Theme } from "@/lib/theme";

export const profile = {
  title: "Your profile",
  saved: "Profile saved",
};

export const details = {
  title: "Your details",
  name: { label: "Name", hint: "Shown to everyone you work with, and used in e-mails to you.", missing: "Enter your name." },
  timezone: { hint: "Dates and times are shown to you in this time zone.", missing: "Choose your time zone." },
  submit: "Save changes",
};

export const account = {
  title: "Account",
  email: "E-mail address",
  role: "Role",
  organization: "Organization",
  staff: "Staff",
  id: "Account ID",
  copied: "your account ID",
  hint: "You can’t change your e-mail address or role yourself.",
};

export const appearance = {
  title: "Appearance",
  theme: "Theme",
  hint: "Your choice is saved in this browser.",
};

export const themes = { system: "System", light: "Light", dark: "Dark" } satisfies Record<Theme, string>;

export const roles = {
  OPERATOR: "Operator",
  AUDITOR: "Auditor",
  DEVELOPER: "Developer",
  OWNER: "Owner",
  ADMINISTRATOR: "Administrator",
  USER: "User",
} satisfies Record<Role, string>;
