"""A list, as it is read: empty at first, narrowed, emptied by its filters, and with rows that were chosen."""

EMPTY = """
- main:
  - heading "Projects" [level=1]
  - paragraph: No projects yet
  - paragraph: /Your first project appears here/
"""

NARROWED = """
- main:
  - heading "Projects" [level=1]
  - search:
    - searchbox "Find projects": lead
    - combobox "Status"
    - button "Client"
    - button "Created"
    - button "Clear"
    - text: /\\d of \\d|\\d shown/
    - button "Choose columns"
    - button /Export CSV/
  - table "Projects":
    - rowgroup:
      - row:
        - columnheader "Select all on this page":
          - checkbox "Select all on this page"
        - columnheader "Project":
          - button "Project"
        - columnheader "Code":
          - button "Code"
        - columnheader "Client"
        - columnheader "Created":
          - button "Created"
        - columnheader "Updated":
          - button "Updated"
        - columnheader "Status"
    - rowgroup:
      - row:
        - cell "Select Lead capture and follow-up":
          - checkbox "Select Lead capture and follow-up"
        - cell:
          - link "Lead capture and follow-up"
"""

NOTHING_MATCHES = """
- main:
  - search:
    - searchbox "Find projects": zebra
    - button "Clear"
    - text: /No matches/
  - paragraph: No projects found for “zebra”
  - paragraph: You can search by title or code.
  - button "Clear search"
"""

DAYS = """
- dialog "Created":
  - button "Today"
  - button "Last 7 days"
  - button "This month"
  - textbox "From"
  - textbox "To"
  - button "Apply"
"""

CHOSEN = """
- toolbar "Selected rows":
  - text: /\\d+ selected/
  - button "Archive"
  - button "Clear selection"
"""

CANNOT_ARCHIVE = """
- dialog "These projects can’t be archived yet":
  - heading "These projects can’t be archived yet" [level=2]
  - paragraph: /completed/
  - button "Close"
"""

PAUSED = """
- region "Background tasks":
  - paragraph: 1 workflow paused
  - button "Close"
"""
