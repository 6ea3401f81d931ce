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

BRAND = """
- region "Brand":
  - heading "Brand" [level=2]
  - heading "Logo" [level=3]
  - button "Image file"
  - paragraph: /PNG, JPEG or WebP/
  - heading "Accent colour" [level=3]
  - textbox "Pick the colour on light pages": "#006c94"
  - textbox "On light pages": "#006c94"
  - textbox "Pick the colour on dark pages"
  - textbox "On dark pages optional"
  - table "Contrast on light pages":
    - caption: Contrast on light pages
    - rowgroup:
      - row:
        - columnheader "Use"
        - columnheader "Contrast"
    - rowgroup:
      - row:
        - rowheader "Button text"
        - 'cell /\\d : 1, good \\(4\\.5 needed\\)/'
  - table "Contrast on dark pages"
  - button "Save changes"
"""

MONEY = """
- region "Money":
  - heading "Money" [level=2]
  - heading "Prices and terms" [level=3]
  - combobox "Currency": ZAR · South African Rand
  - button "Show the list"
  - textbox "Tax name": VAT
  - textbox "Days to pay": "14"
  - textbox "Standard terms optional"
  - button "Save changes"
  - heading "Tax rates" [level=3]
  - list:
    - listitem:
      - heading "VAT" [level=4]
      - text: Default for new lines
      - button "Remove default"
      - list "VAT rates":
        - listitem:
          - text: 15% from 1 April 2018 In effect
          - button "Set last day of VAT 15%"
  - textbox "Name": VAT
  - textbox "Rate (%)"
  - textbox "Effective from"
  - button "Add rate"
  - heading "Bank details" [level=3]
  - paragraph: /You’ll need your password to change them/
  - textbox "Account name"
  - textbox "Account number or IBAN"
  - textbox "Bank optional"
  - textbox "BIC (SWIFT) optional"
  - textbox "Branch code optional"
  - textbox "Payment note optional"
  - button "Save bank details"
  - heading "Remove bank details" [level=3]
  - paragraph: /no longer show where to pay/
  - button "Remove bank details"
"""

HOME_PAGE = """
- region "Home page":
  - heading "Home page" [level=2]
  - heading "Home page content" [level=3]
  - link "Preview home page"
  - textbox "Headline optional"
  - textbox "Introduction optional"
  - group "Offer 1":
    - textbox "Offer 1 optional": Lead capture
    - textbox "Description of offer 1 optional"
    - img "Picture for offer 1, as visitors will see it"
    - button "Picture for offer 1 optional"
    - textbox "Text for people who can’t see picture 1 optional"
    - button "Remove picture 1"
  - group "Offer 2"
  - group "Offer 3":
    - button "Remove picture 3"
  - textbox "Contact optional"
  - textbox "About optional"
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

PROFILE = """
- main:
  - heading "Your profile" [level=1]
  - navigation "Sections of Your profile":
    - list:
      - listitem:
        - link "Your details"
      - listitem:
        - link "Account"
      - listitem:
        - link "Appearance"
  - region "Your details":
    - heading "Your details" [level=2]
    - heading "Name and time zone" [level=3]
    - textbox "Name"
    - combobox "Time zone"
    - button "Show the list"
    - paragraph: /It is now .* there/
    - button "Save changes"
"""
