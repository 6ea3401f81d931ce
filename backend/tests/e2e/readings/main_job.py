"""The main job, as it is read: from registration to the audit log."""

FRONT_DOOR = """
- link "Skip to content"
- banner:
  - navigation "Account":
    - link "Sign in"
    - link "Create an account"
- main:
  - heading [level=1]
- contentinfo:
  - navigation "More"
"""

ORGANIZATION_STEP = """
- main:
  - link "Northstar Automation home page"
  - text: Step 1 of 2
  - heading "Create an account" [level=1]
  - paragraph: /follow your projects with Northstar Automation/
  - textbox "Organization"
  - paragraph: /on your proposals and invoices/
  - textbox "Your name"
  - button "Continue"
  - paragraph:
    - link "Sign in"
"""

LOGIN_STEP = """
- main:
  - text: Step 2 of 2
  - heading "Create your login" [level=1]
  - textbox "E-mail address"
  - textbox "Password"
  - button "Show password"
  - list "Password requirements":
    - listitem: /met/
  - link "Back"
  - button "Create account"
"""

CHECK_MAIL = """
- main:
  - link "Northstar Automation home page"
  - status:
    - heading "Check your e-mail" [level=1]
    - paragraph:
      - strong: lindiwe@saldanha.example
    - paragraph:
      - link "hello@northstar.example"
      - link /^\\+27/
"""

CONFIRMED = """
- main:
  - link "Northstar Automation home page"
  - status:
    - heading "Your e-mail address is confirmed" [level=1]
    - paragraph: Sign in to finish setting up your account.
    - link "Sign in"
"""

WELCOME = """
- banner:
  - text: Northstar Automation
  - link "Sign out"
- main:
  - list "Onboarding":
    - listitem: Welcome
    - listitem: Profile
    - listitem: What happens next
    - listitem: Tips
  - heading "Welcome, Lindiwe" [level=1]
  - paragraph: /in about two minutes/
  - list:
    - listitem:
      - paragraph: Proposals
      - paragraph
    - listitem:
      - paragraph: Payments
      - paragraph
    - listitem:
      - paragraph: Workflows
      - paragraph
  - button "Get started"
"""

PROFILE_STEP = """
- main:
  - list "Onboarding":
    - listitem: Welcome (done)
    - listitem: Profile
    - listitem: What happens next
    - listitem: Tips
  - heading "Your profile" [level=1]
  - textbox "Job title"
  - paragraph: For example, head of operations.
  - combobox "Time zone": Africa/Johannesburg
  - button "Show the list"
  - paragraph: /It is now .* there/
  - textbox "What would you like to automate? optional"
  - link "Back"
  - button "Save and continue"
"""

CHECKLIST = """
- main:
  - list "Onboarding":
    - listitem: Welcome (done)
    - listitem: Profile (done)
    - listitem: What happens next
    - listitem: Tips
  - heading "What happens next" [level=1]
  - list:
    - listitem:
      - paragraph: E-mail address confirmed (done)
      - paragraph: lindiwe@saldanha.example
    - listitem:
      - paragraph: Organization set up (done)
      - paragraph: Saldanha Freight
    - listitem:
      - paragraph: Your first proposal (not yet)
      - paragraph
    - listitem:
      - paragraph: Your first payment (not yet)
      - paragraph
  - link "Back"
  - button "Continue"
"""

TIPS = """
- main:
  - list "Onboarding":
    - listitem: Welcome (done)
    - listitem: Profile (done)
    - listitem: What happens next (done)
    - listitem: Tips
  - heading "Three tips before you start" [level=1]
  - list:
    - listitem: /Your dashboard/
    - listitem: /timeline/
    - listitem: /Search from any page.*Ctrl K/
  - link "Back"
  - button "Go to your dashboard"
"""

CLIENT_DASHBOARD = """
- link "Skip to content"
- banner:
  - link /Client portal · Saldanha Freight/
  - button "Search projects, proposals and invoices"
  - button "Your menu, Lindiwe Botha"
- complementary:
  - navigation "Main":
    - list:
      - listitem:
        - link "Dashboard"
      - listitem:
        - link "Projects"
      - listitem:
        - link "Proposals"
      - listitem:
        - link "Invoices"
- main:
  - heading "Dashboard" [level=1]
  - heading "Your work starts here" [level=2]
  - paragraph: /sets up your first project/
  - paragraph: /Northstar Automation/
- contentinfo:
  - link "Help"
"""

OPERATORS_DASHBOARD = """
- link "Skip to content"
- banner:
  - link "CapeControl"
  - button "Search projects, proposals and invoices"
  - button "Your menu, Naledi Dlamini"
- complementary:
  - navigation "Main":
    - list:
      - listitem:
        - link "Dashboard"
      - listitem:
        - link "Projects"
      - listitem:
        - link "Proposals"
      - listitem:
        - link "Invoices"
      - listitem:
        - link "Workflows"
    - paragraph: Platform
    - list:
      - listitem:
        - link "Audit log"
      - listitem:
        - link "Business"
      - listitem:
        - link "System"
- main:
  - heading "Dashboard" [level=1]
  - button "New project"
  - text: /\\d{4}, Africa/
  - link /Active projects \\d+/
  - link /Proposals waiting \\d+ .*in total/
  - link /Revenue this month R/
  - link /Failing workflows \\d+/
  - heading "Needs your attention" [level=2]
  - heading "Activity" [level=2]
  - list:
    - listitem:
      - link
      - time
- contentinfo:
  - link "Help"
"""

PROJECTS = """
- main:
  - heading "Projects" [level=1]
  - button "New project"
  - search:
    - searchbox "Find projects"
    - combobox "Status"
    - button "Client"
    - button "Created"
    - text: /\\d+ of \\d+/
    - button "Choose columns"
    - button /Export CSV of \\d+ projects/
  - table "Projects"
"""

NEW_PROJECT = """
- dialog "New project":
  - heading "New project" [level=2]
  - button "Close"
  - combobox "Client"
  - textbox "Title"
  - textbox "Description optional"
  - button "Cancel"
  - button "Create project"
"""

PROPOSAL_EDITOR = """
- main:
  - navigation "Breadcrumb":
    - list:
      - listitem:
        - link /PRJ-/
      - listitem: New proposal
  - heading "New proposal" [level=1]
  - button "Save draft"
  - button "Send proposal"
  - heading "Overview" [level=2]
  - textbox "Title"
  - textbox "Summary optional"
  - heading "Line items" [level=2]
  - list "Line items":
    - listitem:
      - textbox "Line 1 description"
      - textbox "Quantity"
      - textbox "Price (ZAR)"
      - combobox "VAT (%)"
      - checkbox "Optional extra (not in the total)"
      - button "Remove line 1"
    - listitem:
      - textbox "Line 2 description"
"""

SENDING = """
- dialog "Send “Booking confirmations by SMS”?":
  - heading "Send “Booking confirmations by SMS”?" [level=2]
  - paragraph: /R 21,275\\.00.* will be e-mailed to the owners of Saldanha Freight/
  - button "Cancel"
  - button "Send proposal"
"""

PROPOSAL_BY_ITS_LINK = """
- banner:
  - text: Northstar Automation Proposal for Saldanha Freight
  - button "Download PDF"
- main:
  - article:
    - heading "Booking confirmations by SMS" [level=1]
    - heading "What you get" [level=2]
    - table "What you get":
      - rowgroup:
        - row:
          - columnheader "Item"
          - columnheader "Qty"
          - columnheader "Unit price"
          - columnheader "Amount"
    - term: Total
    - definition: R 21,275.00
    - heading "Terms" [level=2]
- complementary "Total and next steps":
  - button "Decline"
  - button "Request changes"
  - button "Approve"
"""

APPROVING = """
- dialog "Approve “Booking confirmations by SMS”?":
  - heading "Approve “Booking confirmations by SMS”?" [level=2]
  - paragraph: /R 21,275\\.00/
  - textbox "Your full name": Lindiwe Botha
  - paragraph: /Recorded with the date and time/
  - button "Cancel"
  - button "Approve"
"""

THANK_YOU = """
- main:
  - region "Thank you for your payment":
    - heading "Thank you for your payment" [level=2]
    - paragraph: /Your invoice, marked as paid, is on its way to lindiwe@/
    - term: Amount paid
    - definition: R 21,275.00
    - term: For
    - definition: Booking confirmations by SMS
    - term: Invoice
    - definition: /INV-/
    - paragraph: Your project is now in progress. You can follow the work on its page.
    - link "Go to the project"
    - link "Open invoice"
    - button "Download PDF"
  - article:
    - heading "Booking confirmations by SMS" [level=1]
"""

INVOICE = """
- main:
  - heading /INV-/ [level=1]
  - table "Invoice lines":
    - rowgroup:
      - row:
        - columnheader "Item"
        - columnheader "Qty"
        - columnheader "Unit price"
        - columnheader "VAT"
        - columnheader "Amount"
  - heading "Summary" [level=2]
  - heading "From" [level=2]
  - heading "For" [level=2]
"""

PROJECT = """
- main:
  - heading "Booking confirmations" [level=1]
  - tablist:
    - tab /Overview/ [selected]
    - tab /Proposals/
    - tab /Invoices/
    - tab /Workflows/
  - tabpanel "Overview":
    - heading "Timeline" [level=2]
    - heading "Payments" [level=2]
    - heading "Workflows" [level=2]
"""

DEPLOYING = """
- dialog "Deploy workflow":
  - heading "Deploy workflow" [level=2]
  - button "Close"
  - combobox "Template"
  - combobox "n8n server"
  - textbox "Sign · secret"
  - button "Show password"
  - paragraph: Stored encrypted and never shown again.
  - textbox "Callback · method optional"
  - textbox "Where to report optional"
  - button "Cancel"
  - button "Deploy workflow"
"""

RUN = """
- tabpanel "Workflows 1":
  - heading "Confirm a booking Active" [level=2]
  - button "Run now"
  - term: Sign · secret
  - definition: Hidden
  - table "Runs of Confirm a booking":
    - rowgroup:
      - row:
        - columnheader "Result"
        - columnheader "Started"
        - columnheader "Trigger"
        - columnheader "Duration"
        - columnheader "n8n run"
    - rowgroup:
      - row:
        - cell "Succeeded"
  - status: "Latest run of Confirm a booking: Succeeded"
"""

AUDIT_LOG = """
- main:
  - heading "Audit log" [level=1]
  - text: /Nobody can change or delete an entry\\. Session renewals are hidden\\./
  - button "Show them"
  - search:
    - searchbox "Find entries"
    - button "Organization"
    - combobox "Area"
    - combobox "Outcome"
    - button "Clear"
    - text: /\\d+ shown/
  - table "Audit log entries":
    - rowgroup:
      - row:
        - columnheader "Action"
        - columnheader "Actor"
        - columnheader "Organization"
        - columnheader /^Time \\(\\S+\\)$/
        - columnheader "Outcome"
"""

AUDIT_ENTRY = """
- dialog /Created project PRJ-/:
  - heading /Created project PRJ-/ [level=2]
  - button "Close"
  - term: Actor
  - definition: /Naledi Dlamini/
  - term: Outcome
  - definition: Success
"""
