"""Ctrl K, as it is read: pages at first, then what was found, by its kind."""

OPENED = """
- dialog "Search or jump to":
  - combobox "Search or jump to" [expanded]
  - listbox "Results":
    - group "Pages":
      - option "Dashboard" [selected]
      - option "Projects"
      - option "Proposals"
      - option "Invoices"
"""

FOUND = """
- dialog "Search or jump to":
  - combobox "Search or jump to" [expanded]: lead follow
  - listbox "Results":
    - group "Invoices":
      - option /Lead capture and follow-up INV-/ [selected]
    - group "Proposals":
      - option /Lead capture and follow-up PRJ-/
    - group "Projects":
      - option /Lead capture and follow-up PRJ-/
  - status: /\\d results/
"""

NOTHING_FOUND = """
- dialog "Search or jump to":
  - combobox "Search or jump to" [expanded]: zebra
  - status: /No results for “zebra”/
"""
