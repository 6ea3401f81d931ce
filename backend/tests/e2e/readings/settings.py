"""A page of settings, as it is read: its sections, a form with a wrong field, and the password that a change needs."""

SECTIONS = """
- main:
  - heading "Business" [level=1]
  - navigation "Sections of Business":
    - list:
      - listitem:
        - link "Identity"
      - listitem:
        - link "Brand"
      - listitem:
        - link "Money"
      - listitem:
        - link "Formats"
      - listitem:
        - link "Home page"
  - region "Identity":
    - heading "Identity" [level=2]
    - heading "Name and address" [level=3]
    - textbox "Trading name"
    - textbox "Legal name optional"
    - textbox "Address"
    - combobox "Country optional"
    - button "Save changes"
    - heading "Registration" [level=3]
    - heading "Contact details" [level=3]
    - textbox "E-mail address optional"
    - textbox "Phone number optional"
    - textbox "Website optional"
    - button "Save changes"
"""

FORMATS = """
- region "Formats":
  - heading "Formats" [level=2]
  - heading "Numbers, dates and time" [level=3]
  - combobox "Numbers"
  - combobox "Dates"
  - combobox "Time zone"
  - button "Save changes"
"""

CONFIRMING = """
- dialog "Confirm it’s you":
  - heading "Confirm it’s you" [level=2]
  - paragraph: /Enter your password to make this change/
  - textbox "Password"
  - button "Show password"
  - button "Cancel"
  - button "Confirm"
"""
