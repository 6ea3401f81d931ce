"""Ctrl K, as it is read: what can be begun and the pages at first, then what was found, by its kind."""

OPENED = """
- dialog "Search or jump to":
  - combobox "Search or jump to" [expanded]
  - listbox "Results":
    - group "Actions":
      - option "New project" [selected]
    - group "Pages":
      - option "Dashboard"
      - option "Projects"
      - option "Proposals"
      - option "Invoices"
"""

FOUND = """
- dialog "Search or jump to":
  - combobox "Search or jump to" [expanded]: lead follow
  - status: /\\d results/
  - listbox "Results":
    - group "Invoices":
      - option /Lead capture and follow-up INV-/ [selected]
    - group "Proposals":
      - option /Lead capture and follow-up PRJ-/
    - group "Projects":
      - option /Lead capture and follow-up PRJ-/
"""

NOTHING_FOUND = """
- dialog "Search or jump to":
  - combobox "Search or jump to" [expanded]: zebra
  - status: /No results for “zebra”/
  - paragraph: /found by the start of a word/
  - listbox "Results":
    - group "Search elsewhere":
      - option "Search projects for “zebra”" [selected]
      - option "Search proposals for “zebra”"
      - option "Search invoices for “zebra”"
      - option "Search the guides for “zebra”"
"""
