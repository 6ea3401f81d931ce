"""What the demonstration's business says at its front door."""

FRONT_DOOR = {
    "headline": "We take the typing out of your business",
    "introduction": (
        "Northstar Automation connects the systems you already use, so that enquiries, invoices and reports "
        "take care of themselves. Follow every project in your own client portal."
    ),
    "offers": [
        {
            "title": "Lead capture",
            "text": "Every enquiry answered within a minute, followed up, and in your CRM without typing.",
        },
        {
            "title": "Invoicing and reminders",
            "text": "Invoices that go out on time, and friendly reminders until they are paid.",
        },
        {
            "title": "Reporting",
            "text": "Stock, sales and hours from all your systems in one table, ready when you open.",
        },
    ],
    "contact": "Tell us what takes up your time. We'll tell you what it would cost to automate it.",
    "about": (
        "Northstar Automation builds and runs automations for small and medium-sized businesses in South Africa.\n\n"
        "We write every proposal at a fixed price, start when you approve it, and keep an eye on what we built "
        "for as long as you use it."
    ),
}
