"""A proposal that is sent back, revised and declined, as it is read on both sides."""

TO_DECIDE = """
- main:
  - navigation "Breadcrumb":
    - list:
      - listitem:
        - link /PRJ-/
      - listitem: Proposal
  - heading "Stock report every Monday" [level=1]
  - button "Download PDF"
  - article:
    - heading "Stock report every Monday" [level=2]
    - heading "What you get" [level=3]
    - table "What you get":
      - rowgroup:
        - row:
          - columnheader "Item"
          - columnheader "Qty"
          - columnheader "Unit price"
          - columnheader "Amount"
    - term: Total
  - complementary "Total and next steps":
    - button "Decline"
    - button "Request changes"
    - button "Approve"
"""

ASKING = """
- dialog "Request changes":
  - heading "Request changes" [level=2]
  - paragraph: /Northstar Automation will be notified/
  - textbox "What should be different?"
  - button "Cancel"
  - button "Request changes"
"""

ASKED = """
- main:
  - heading "Stock report every Monday" [level=1]
  - status:
    - paragraph:
      - text: /Changes requested by .+ on/
      - time
    - paragraph: “A chart in place of the table, please.”
    - text: /Northstar Automation can now send you a revised version/
  - article
"""

SENT_BACK = """
- main:
  - heading "Stock report every Monday" [level=1]
  - status:
    - paragraph:
      - text: /Changes requested by .+ on/
      - time
    - paragraph: “A chart in place of the table, please.”
    - text: Version 2 is a draft for you to edit and send.
    - link "Open version 2"
"""

REVISING = """
- main:
  - heading "Stock report every Monday" [level=1]
  - button "Save draft"
  - button "Send proposal"
  - status:
    - paragraph:
      - text: /Changes to version 1 requested by .+ on/
      - time
    - paragraph: “A chart in place of the table, please.”
  - heading "Line items" [level=2]
  - list "Line items":
    - listitem:
      - textbox "Line 1 description": Report
"""

DECLINING = """
- dialog "Decline this proposal?":
  - heading "Decline this proposal?" [level=2]
  - paragraph: /This closes the proposal/
  - textbox "Reason optional"
  - button "Cancel"
  - button "Decline"
"""

DECLINED = """
- main:
  - heading "Stock report every Monday" [level=1]
  - alert:
    - paragraph:
      - text: /Declined by .+ on/
      - time
    - paragraph: “Not this year.”
    - text: Would you like another proposal?
    - link /Contact/
  - article
"""
