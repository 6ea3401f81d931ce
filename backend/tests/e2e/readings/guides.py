"""The guides, as they are read: the list, what a search finds, a guide, and the page that helps."""

ALL = """
- link "Skip to content"
- banner:
  - link "CapeControl Guides"
  - navigation "CapeControl":
    - link "API reference"
    - link "Open CapeControl"
- main:
  - heading "Guides" [level=1]
  - search:
    - searchbox "Search the guides"
    - button "Search"
  - region "For clients":
    - heading "For clients" [level=2]
    - list:
      - listitem:
        - link "Getting started"
  - region "For staff":
    - heading "For staff" [level=2]
  - region "Running CapeControl":
    - heading "Running CapeControl" [level=2]
"""

FOUND = """
- main:
  - heading "Search the guides" [level=1]
  - search:
    - searchbox "Search the guides": declin
    - button "Search"
  - paragraph: /\\d+ results for “declin”/
  - list "Results":
    - listitem:
      - heading [level=2]:
        - link
      - paragraph: /For /
  - paragraph:
    - link "All guides"
"""

NOT_FOUND = """
- main:
  - heading "Search the guides" [level=1]
  - search:
    - searchbox "Search the guides": zebra
  - paragraph: No guide mentions “zebra”
  - region "For clients"
"""

GUIDE = """
- navigation "Guides":
  - search:
    - searchbox "Search the guides"
  - list:
    - listitem:
      - link "Reviewing a proposal"
- main:
  - heading "Reviewing a proposal" [level=1]
  - article:
    - heading "Decline it" [level=2]
  - navigation "Previous and next guide":
    - link /Previous/
    - link /Next/
- navigation "On this page":
  - heading "On this page" [level=2]
  - list:
    - listitem:
      - link "Decline it"
"""

HELP = """
- main:
  - heading "Help" [level=1]
  - search:
    - searchbox "Search the guides"
  - region "For clients":
    - heading "For clients" [level=2]
    - list:
      - listitem:
        - link "Getting started"
  - heading "Keyboard and mouse" [level=2]
  - heading "If you need help" [level=2]
"""

HELP_FOUND = """
- main:
  - heading "Help" [level=1]
  - search:
    - searchbox "Search the guides": declin
  - status: /\\d+ results?/
  - list "Results":
    - listitem:
      - link "Decline it"
  - heading "Keyboard and mouse" [level=2]
"""
