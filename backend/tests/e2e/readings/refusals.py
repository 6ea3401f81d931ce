"""What is not there, or not open to the reader, as it is read."""

NOT_FOUND = """
- banner:
  - link /Client portal/
- complementary:
  - navigation "Main"
- main:
  - heading "Page not found" [level=1]
  - paragraph: /Nothing is at this address/
  - link "Go to the dashboard"
  - button "Search"
"""

PROJECT_NOT_FOUND = """
- banner:
  - link /Client portal/
- complementary:
  - navigation "Main"
- main:
  - heading "Project not found" [level=1]
  - paragraph: /This project isn’t open to you/
  - link "Go to the dashboard"
  - button "Search"
"""

NOT_FOUND_BY_A_VISITOR = """
- main:
  - link /home page/
  - heading "Page not found" [level=1]
  - paragraph: /Nothing is at this address/
  - link "Go to the home page"
"""

NO_ACCESS = """
- banner:
  - link /Client portal/
- complementary:
  - navigation "Main"
- main:
  - heading "You don’t have access to this" [level=1]
  - paragraph:
    - text: "Your role doesn’t include it. If you need it,"
    - link /contact /
    - text: .
  - link "Go to the dashboard"
"""

NOT_LOADED = """
- main:
  - alert:
    - heading "This couldn’t be loaded" [level=1]
    - paragraph
    - button "Try again"
"""
