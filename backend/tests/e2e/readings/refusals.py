"""What is not there, or not open to the reader, as it is read."""

NOT_FOUND = """
- main:
  - heading "Page not found" [level=1]
  - paragraph: /It may have moved/
  - link "Go to the dashboard"
"""

NOT_FOUND_BY_A_VISITOR = """
- main:
  - link /home page/
  - heading "Page not found" [level=1]
  - paragraph: /It may have moved/
  - link "Go to the home page"
"""

NO_ACCESS = """
- banner:
  - link /Client portal/
- complementary:
  - navigation "Main"
- main:
  - heading "You don’t have access to this" [level=1]
  - paragraph: /Your role doesn’t include it/
  - link "Go to the dashboard"
"""

NOT_LOADED = """
- main:
  - alert:
    - heading "This couldn’t be loaded" [level=1]
    - paragraph
    - button "Try again"
"""
