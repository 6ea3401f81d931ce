"""The state of the system, as it is read: when it does not load, when all is well, and with messages that were lost."""

NOT_LOADED = """
- main:
  - heading "System" [level=1]
  - alert:
    - paragraph: This couldn’t be loaded
    - paragraph: Refused.
    - button "Try again"
"""

#: The verdict is whatever the machine that runs the walk comes to.
PARTS = """
- main:
  - heading "System" [level=1]
  - text: /CapeControl .* Schema .* Local/
  - status:
    - paragraph
  - heading "Undelivered messages" [level=2]
  - paragraph: Every message was delivered
  - paragraph: /appears here with the reason/
  - heading "Processes" [level=2]
  - heading "Deliveries" [level=2]
  - heading "Schedule" [level=2]
  - heading "Keys" [level=2]
"""

PROCESSES = """
- table "Processes":
  - rowgroup:
    - row:
      - columnheader "Process"
      - columnheader "Host"
      - columnheader "Process ID"
      - columnheader "Version"
      - columnheader "Started"
      - columnheader "In progress"
      - columnheader "Connections"
      - columnheader "Event-loop delay"
      - columnheader "Status"
  - rowgroup:
    - row:
      - cell "API"
    - row:
      - cell "Scheduler"
    - row:
      - cell "Worker"
"""

DELIVERIES = """
- table "Deliveries":
  - rowgroup:
    - row:
      - columnheader "Queue"
      - columnheader "Due now"
      - columnheader "Retrying later"
      - columnheader "Failing"
      - columnheader "Waiting for a worker"
      - columnheader "Being delivered"
      - columnheader "Status"
  - rowgroup:
    - row:
      - cell "Payments and invoices"
      - cell /^\\d+ due now$/
    - row:
      - cell "E-mail"
    - row:
      - cell "Workflows"
    - row:
      - cell "Scheduled jobs"
    - row:
      - cell "Bulk changes"
    - row:
      - cell "Everything else"
"""

SCHEDULE = """
- table "Schedule":
  - rowgroup:
    - row:
      - columnheader "Job"
      - columnheader "Runs"
      - columnheader "Last success"
      - columnheader "Next run"
      - columnheader "Waiting"
      - columnheader "Status"
  - rowgroup:
    - row:
      - cell "Expire proposals that are past their date proposals.expire"
      - cell "Every 5 min"
"""

KEYS = """
- table "Keys":
  - rowgroup:
    - row:
      - columnheader "Used for"
      - columnheader "Key"
      - columnheader "In use since"
      - columnheader "Replaced"
  - rowgroup:
    - row:
      - cell "Sign-in tokens"
    - row:
      - cell "Form protection"
    - row:
      - cell "Passwords"
    - row:
      - cell "Encrypted data"
"""

UNDELIVERED = """
- main:
  - heading "System" [level=1]
  - status:
    - paragraph: /needs? you/
    - list:
      - listitem:
        - link "3 messages couldn’t be delivered"
  - heading "Undelivered messages" [level=2]
  - search:
    - combobox "Message"
    - text: /^3 of 3/
    - button "Choose columns"
    - button "Export CSV of 3 messages"
"""

LETTERS = """
- table "Undelivered messages":
  - rowgroup:
    - row:
      - columnheader "Select all on this page":
        - checkbox "Select all on this page"
      - columnheader "Message"
      - columnheader "Reason"
      - columnheader "Organization"
      - columnheader "Attempts"
      - columnheader "Last attempt":
        - button "Last attempt"
      - columnheader "Action"
  - rowgroup:
    - row:
      - cell "Select Prepare the e-mail of a proposal for Harbour Logistics":
        - checkbox "Select Prepare the e-mail of a proposal for Harbour Logistics"
      - cell:
        - button "Open “Prepare the e-mail of a proposal for Harbour Logistics”"
      - cell "The mail server refused it"
      - cell "Harbour Logistics"
      - cell "12"
      - cell:
        - time
      - cell:
        - 'button "Try again: Prepare the e-mail of a proposal for Harbour Logistics"'
    - row:
      - cell:
        - checkbox "Select Prepare the e-mail of a proposal for Table Bay Tours"
      - cell:
        - button "Open “Prepare the e-mail of a proposal for Table Bay Tours”"
      - cell:
        - 'button "Try again: Prepare the e-mail of a proposal for Table Bay Tours"'
"""

LETTER = """
- dialog "Prepare the e-mail of a proposal":
  - heading "Prepare the e-mail of a proposal" [level=2]
  - paragraph: The mail server refused it
  - button "Close"
  - term: Organization
  - definition: Harbour Logistics
  - term: In the log
  - definition: proposals.mail
  - term: Event
  - definition: proposals.sent.v1
  - term: Queue
  - definition: E-mail
  - term: Attempts
  - definition: "12"
  - term: Created
  - term: Last attempt
  - term: Request
  - term: Message
  - definition:
    - button /Copy the message ID/
"""
