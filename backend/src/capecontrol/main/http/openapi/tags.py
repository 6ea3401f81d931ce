"""The chapters of the reference: the tags of routers, in reading order, and what each is about."""

from collections.abc import Mapping

TAGS: Mapping[str, str] = {
    "auth": "Registration, sign-in, sessions and the signed-in person.",
    "onboarding": "The steps that a new member completes before they work with their organization.",
    "organizations": "The customers of the business.",
    "business": "The business that runs this installation: its name, logo, colours, bank details and tax rates.",
    "projects": "Work for a client, from the first idea to completion.",
    "proposals": "Offers for a project, which the client approves, declines or asks to change.",
    "billing": "Checkout, payments and invoices.",
    "workflows": "n8n servers, workflow templates, and the workflows that run for a project.",
    "bulk-operations": "One action on many items of a list, carried out in the background.",
    "dashboards": "Figures and what needs attention, for staff and for clients.",
    "search": "Records of every kind that match some words.",
    "audit": "Who did what, and when.",
    "live": "Changes, as they happen.",
    "apps": "Operations for managed apps, which call with an API key.",
    "guides": "The guides that come with the product.",
    "system": "Health, version, processes and undelivered messages.",
    "local run": "The mailbox and the clock of the local run. They exist nowhere else.",
}
