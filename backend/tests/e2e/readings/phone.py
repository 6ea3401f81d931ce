"""A client's phone, as it is read: the places lie behind a menu, and lists take the place of tables."""

DASHBOARD = """
- link "Skip to content"
- banner:
  - button "Open the menu"
  - button "Search projects, proposals and invoices"
  - button "Your menu, Aisha Jacobs"
- main:
  - heading "Dashboard" [level=1]
  - heading "Needs your attention" [level=2]
  - list:
    - listitem:
      - link /Invoice reminders .* is awaiting your decision/
  - heading "Projects" [level=2]
  - heading "Payments" [level=2]
  - heading "Activity" [level=2]
"""

PROJECT = """
- main:
  - heading "Lead capture and follow-up" [level=1]
  - list "Project status"
  - tablist "Project sections":
    - tab "Overview"
    - tab /Proposals/ [selected]
    - tab /Invoices/
    - tab /Workflows/
  - tabpanel /Proposals/:
    - search:
      - combobox "Sort by"
    - list "Proposals":
      - listitem:
        - link "Lead capture and follow-up v1"
        - text: R 92,000.00 Approved
"""
