"""The main job as a person does it: clicks and mailbox links only, from the front door to the audit's CSV."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Download, Locator, Page, expect
from pypdf import PdfReader

from tests.e2e.person import Person, present
from tests.e2e.readings import lists, main_job, phone
from tests.e2e.running import Running

pytestmark = pytest.mark.e2e

OWNER = "lindiwe@saldanha.example"
PASSWORD = "Breakwater-2026"
DEMO = "Demo-pass-2026!"
CLIENT = "Saldanha Freight"
PROJECT = "Booking confirmations"
PROPOSAL = "Booking confirmations by SMS"
TOTAL = re.compile(r"R\s?21,275\.00")
WORKFLOW_FILE = Path(__file__).parents[1] / "features" / "workflows" / "files" / "callback.json"
NEVER_SAID = "a-secret-of-this-client"
PHONE = (360, 780)
DEMO_PROJECT = "Lead capture and follow-up"
TABS_AT_MOST = 40
#: Tells of the focused element whether something around it shows that it is, and whether it is on the screen.
_FOCUS = """() => {
  const at = document.activeElement;
  // A heading has the focus to be read aloud when its page opens: nothing can be done to it, so no ring is needed.
  if (!at || at === document.body || at.matches("h1[tabindex='-1']")) return { name: "the page", isShown: true };
  const isOutlined = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  let isShown = isOutlined(getComputedStyle(at, "::after"));
  for (let each = at; each !== document.body; each = each.parentElement) isShown ||= isOutlined(getComputedStyle(each));
  const { top, bottom } = at.getBoundingClientRect();
  return { name: at.outerHTML.slice(0, 200), isShown: isShown && bottom > 0 && top < innerHeight };
}"""


def test_the_main_job_in_the_browser(product: Running, browser: Browser, tmp_path: Path) -> None:
    client = Person(browser, product.address, tmp_path)
    operator = Person(browser, product.address, tmp_path)
    auditor = Person(browser, product.address, tmp_path)
    with present(client=client, operator=operator, auditor=auditor):
        _join(client)
        _propose(operator)
        number = _pay(client)
        _automate(operator)
        _read_log(client, number)
        _audit(auditor)


def test_a_phone_in_the_dark_by_keyboard_only(product: Running, browser: Browser, tmp_path: Path) -> None:
    member = Person(browser, product.address, tmp_path, size=PHONE, is_dark=True)
    page = member.page
    with present(member=member):
        page.goto("/login")
        _tab_to(page, page.get_by_label("E-mail address"))
        page.keyboard.type("owner@demo.test")
        member.look("sign in, on a phone in the dark")
        _tab_to(page, page.get_by_role("button", name="Continue"))
        page.keyboard.press("Enter")
        password = page.get_by_label("Password", exact=True)
        expect(password).to_be_visible()
        _tab_to(page, password)
        page.keyboard.type(DEMO)
        page.keyboard.press("Enter")
        project = page.get_by_role("main").get_by_role("link", name=DEMO_PROJECT, exact=True)
        expect(project).to_be_visible()
        member.look("the dashboard, on a phone in the dark")
        member.reads(phone.DASHBOARD)
        _tab_to(page, project)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1, name=DEMO_PROJECT)).to_be_visible()
        _tab_to(page, page.get_by_role("tab", name="Overview"))
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        expect(page.get_by_role("tab", name="Proposals")).to_have_attribute("aria-selected", "true")
        member.look("the project, on a phone in the dark")
        member.reads(phone.PROJECT)


def test_a_page_loaded_anew_goes_on_where_it_was(product: Running, browser: Browser, tmp_path: Path) -> None:
    owner = Person(browser, product.address, tmp_path)
    with present(owner=owner):
        page = owner.page
        page.goto("/login?next=/projects")
        owner.sign_in("owner@demo.test", DEMO)
        expect(page.get_by_role("heading", level=1, name="Projects")).to_be_visible()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url.removeprefix(product.address)))
        page.reload()
        expect(page.get_by_role("link", name=DEMO_PROJECT, exact=True)).to_be_visible()
        assert asked.count("/api/auth/refresh") == 1
        # Begun by the page itself, before the first of its scripts asks for anything.
        assert asked.index("/api/auth/refresh") < asked.index("/api/auth/me")
        assert "/api/version" not in asked

        # A reload upon a reload: the token that the first one used up is the browser's all the same.
        page.evaluate("location.reload(); location.reload()")
        expect(page.get_by_role("link", name=DEMO_PROJECT, exact=True)).to_be_visible()

    # Nobody's console is read here: the browser notes there that the session was refused.
    stranger = browser.new_context(base_url=product.address).new_page()
    stranger.goto("/projects?status=DRAFT")
    expect(stranger.get_by_label("E-mail address")).to_be_visible()
    assert stranger.url.endswith("/login?next=%2Fprojects%3Fstatus%3DDRAFT")
    stranger.context.close()


def _join(client: Person) -> None:
    """2. Register, confirm the address, sign in, go through onboarding, land on the dashboard."""
    page = client.page
    page.goto("/")
    client.look("front door")
    client.reads(main_job.FRONT_DOOR)
    page.get_by_role("link", name="Create an account").first.click()
    page.get_by_label("Organization").fill(CLIENT)
    page.get_by_label("Your name").fill("Lindiwe Botha")
    client.look("register, step 1")
    client.reads(main_job.ORGANIZATION_STEP)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("E-mail address").fill(OWNER)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    client.look("register, step 2")
    client.hears("Create your login")
    client.reads(main_job.LOGIN_STEP)
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", name="Check your e-mail")).to_be_visible()
    client.look("check your mail")
    client.reads(main_job.CHECK_MAIL)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    mail = client.open_mail(OWNER, "Confirm your e-mail address for Northstar Automation’s client portal")
    client.look("mailbox", mail)
    client.follow(mail, "Confirm e-mail address")
    page = client.page
    expect(page.get_by_role("heading", name="Your e-mail address is confirmed")).to_be_visible()
    client.look("verified")
    client.reads(main_job.CONFIRMED)
    client.hears("Your e-mail address is confirmed")
    page.get_by_role("link", name="Sign in").click()
    client.look("sign in")
    client.sign_in(OWNER, PASSWORD)
    expect(page.get_by_role("heading", name="Welcome, Lindiwe")).to_be_visible()
    client.look("onboarding, welcome")
    client.reads(main_job.WELCOME)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.get_by_role("button", name="Get started").click()
    page.get_by_label("Job title").fill("Head of bookings")
    client.look("onboarding, profile")
    client.reads(main_job.PROFILE_STEP)
    step = page.get_by_role("list", name="Onboarding").get_by_role("listitem").filter(has_text="Profile")
    expect(step).to_have_attribute("aria-current", "step")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", name="What happens next")).to_be_visible()
    client.look("onboarding, checklist")
    client.reads(main_job.CHECKLIST)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Three tips before you start")).to_be_visible()
    client.look("onboarding, guide")
    client.reads(main_job.TIPS)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.get_by_role("button", name="Go to your dashboard").click()
    expect(page.get_by_role("heading", level=1, name="Dashboard")).to_be_visible()
    expect(page.get_by_text("Your work starts here")).to_be_visible()
    client.look("the client's dashboard")
    client.reads(main_job.CLIENT_DASHBOARD)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    client.go_to("Projects")
    client.look("a list with nothing yet")
    client.reads(lists.EMPTY)


def _propose(operator: Person) -> None:
    """3. The operator makes a project, writes a proposal with line items and tax, and sends it."""
    page = operator.page
    _enter(operator, "operator@demo.test")
    operator.look("the operator's dashboard")
    operator.reads(main_job.OPERATORS_DASHBOARD)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    operator.go_to("Projects")
    operator.look("projects")
    operator.reads(main_job.PROJECTS)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    table = page.get_by_role("table", name="Projects")
    expect(table.get_by_role("columnheader", name="Created")).to_have_attribute("aria-sort", "descending")
    expect(table.get_by_role("columnheader", name="Project", exact=True)).to_have_attribute("aria-sort", "none")
    page.get_by_role("main").get_by_role("button", name="New project").first.click()
    panel = page.get_by_role("dialog", name="New project")
    panel.get_by_role("combobox", name="Client").press_sequentially("Saldanha")
    page.get_by_role("option", name=CLIENT).click()
    panel.get_by_label("Title").fill(PROJECT)
    operator.look("a new project")
    operator.reads(main_job.NEW_PROJECT)
    panel.get_by_role("button", name="Create project").click()
    expect(page.get_by_role("heading", level=1, name=PROJECT)).to_be_visible()
    _expect_status(page, "Draft")
    operator.hears("Project created")
    operator.look("the project, a draft")
    page.get_by_role("link", name="Write proposal").first.click()
    page.get_by_label("Title").fill(PROPOSAL)
    lines = page.get_by_role("list", name="Line items").get_by_role("listitem")
    _fill_line(lines.nth(0), 1, "Workshop", "1", "18000")
    page.get_by_role("button", name="Add line").click()
    _fill_line(lines.nth(1), 2, "Support, hours", "1.5", "333.33")
    page.get_by_label("Terms").last.fill("Payment on approval.")
    expect(page.get_by_text(TOTAL).first).to_be_visible()
    operator.look("writing the proposal")
    operator.hears("Total R 20,700.00", "Total R 21,275.00")
    operator.reads(main_job.PROPOSAL_EDITOR)
    page.get_by_role("button", name="Send proposal").click()
    question = page.get_by_role("dialog", name=f"Send “{PROPOSAL}”?")
    expect(question.get_by_text(TOTAL)).to_be_visible()
    operator.look("sending the proposal")
    operator.reads(main_job.SENDING)
    question.get_by_role("button", name="Send proposal").click()
    expect(question).to_be_hidden()
    expect(page.get_by_role("main").get_by_text("for " + CLIENT)).to_be_visible()
    expect(page.get_by_role("button", name="Send proposal")).to_have_count(0)
    operator.look("the proposal as sent")
    operator.hears("Proposal sent To the owners of Saldanha Freight")


def _pay(client: Person) -> str:
    """4. The client opens the proposal from the mail, approves, and pays; returns the invoice's number."""
    mail = client.open_mail(OWNER, f"Proposal from Northstar Automation: {PROPOSAL}")
    client.look("the proposal's mail", mail)
    with mail.expect_download() as attachment:
        mail.get_by_role("link", name=re.compile(r"\.pdf$")).click()
    text = _pdf_text(attachment.value)
    assert PROPOSAL in text
    assert TOTAL.search(text)
    client.follow(mail, "Review proposal")
    page = client.page
    expect(page.get_by_role("heading", name=PROPOSAL)).to_be_visible()
    client.look("the proposal by its link")
    client.reads(main_job.PROPOSAL_BY_ITS_LINK)
    page.get_by_role("button", name="Approve").click()
    question = page.get_by_role("dialog", name=f"Approve “{PROPOSAL}”?")
    expect(question.get_by_label("Your full name")).to_have_value("Lindiwe Botha")
    client.look("approving")
    client.reads(main_job.APPROVING)
    question.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Approved by Lindiwe Botha")).to_be_visible()
    client.look("approved")
    client.hears("Approved by Lindiwe Botha")
    page.get_by_role("button", name=re.compile("^Pay ")).click()
    expect(page.get_by_role("heading", level=1, name=re.compile("^To pay"))).to_contain_text(TOTAL)
    client.look("Stripe's page")
    page.get_by_role("button", name=re.compile(r"^Pay (?!by )")).click()
    expect(page.get_by_text("Thank you for your payment")).to_be_visible()
    client.look("thank you")
    client.reads(main_job.THANK_YOU)
    page.get_by_role("link", name="Open invoice").click()
    heading = page.get_by_role("heading", level=1, name=re.compile(r"^INV-"))
    expect(heading).to_be_visible()
    number = heading.inner_text()
    download = page.get_by_role("button", name="Download PDF")
    expect(download).to_be_enabled()
    client.look("the invoice")
    client.reads(main_job.INVOICE)
    with page.expect_download() as invoice:
        download.click()
    assert invoice.value.suggested_filename == f"{number}.pdf"
    text = _pdf_text(invoice.value)
    assert number in text
    assert TOTAL.search(text)
    mail = client.open_mail(OWNER, number)
    expect(mail.get_by_role("link", name=re.compile(r"\.pdf$"))).to_be_visible()
    mail.close()
    page.get_by_role("link", name=re.compile("^Project ")).click()
    expect(page.get_by_role("heading", level=1, name=PROJECT)).to_be_visible()
    _expect_status(page, "In progress")
    client.look("the project under way")
    client.reads(main_job.PROJECT)
    return number


def _automate(operator: Person) -> None:
    """5. Connect n8n, import a workflow file, deploy it with parameters, trigger it; the callback records the run."""
    page = operator.page
    operator.go_to("Workflows")
    page.get_by_role("tab", name="n8n servers").click()
    page.get_by_role("main").get_by_role("button", name="Connect n8n server").first.click()
    panel = page.get_by_role("dialog", name="Connect n8n server")
    with operator.context.expect_page() as opened:
        panel.get_by_role("link", name="its own page").click()
    engine = opened.value
    operator.look("the local n8n", engine)
    address = engine.get_by_role("definition").nth(0).inner_text()
    key = engine.get_by_role("definition").nth(1).inner_text()
    engine.close()
    panel.get_by_label("Name").fill("The local n8n")
    panel.get_by_label("Address").fill(address)
    panel.get_by_label("API key").fill(key)
    operator.look("connecting n8n")
    panel.get_by_role("button", name="Connect n8n server").click()
    expect(panel).to_be_hidden()
    row = page.get_by_role("table", name="n8n servers").get_by_role("row", name="The local n8n")
    expect(row).to_contain_text("Connected")
    operator.look("n8n servers")
    operator.hears("Connected")
    _import(operator)
    operator.go_to("Projects")
    page.get_by_role("link", name=PROJECT).click()
    _expect_status(page, "In progress")
    page.get_by_role("button", name="Deploy workflow").click()
    panel = page.get_by_role("dialog", name="Deploy workflow")
    panel.get_by_label("Template").select_option("Confirm a booking, version 1")
    panel.get_by_label("n8n server").select_option("The local n8n")
    panel.get_by_label("Where to report").fill(f"{address}/healthz")
    panel.get_by_label("Callback · method").fill("GET")
    panel.get_by_label("Sign · secret").fill(NEVER_SAID)
    operator.look("deploying")
    operator.reads(main_job.DEPLOYING)
    panel.get_by_role("button", name="Deploy workflow").click()
    expect(panel).to_be_hidden()
    expect(page.get_by_role("tabpanel", name="Workflows").get_by_text("Active", exact=True)).to_be_visible()
    expect(page.get_by_text(NEVER_SAID)).to_have_count(0)
    page.get_by_role("button", name="Run now").click()
    question = page.get_by_role("dialog", name="Run “Confirm a booking” now?")
    question.get_by_label("Input").fill('{"input": "booking 7"}')
    operator.look("running")
    question.get_by_role("button", name="Run now").click()
    expect(question).to_be_hidden()
    expect(_runs(page)).to_have_count(1)
    expect(_runs(page)).to_contain_text("Succeeded")
    operator.look("the run")
    operator.hears("Deployment started", "Run started", "Succeeded")
    operator.reads(main_job.RUN)
    _pause_and_resume(operator)


def _pause_and_resume(operator: Person) -> None:
    """Act on rows of a list, in the background."""
    page = operator.page
    operator.go_to("Workflows")
    row = page.get_by_role("table", name="Workflows").get_by_role("row").filter(has_text="Confirm a booking")
    choose = row.get_by_role("checkbox", name="Select Confirm a booking")
    acts = page.get_by_role("toolbar", name="Selected rows")
    choose.check()
    acts.get_by_role("button", name="Pause").click()
    page.get_by_role("dialog").get_by_role("button", name="Pause").click()
    operator.hears("Pausing 1 workflow: 0 of 1", "1 workflow paused")
    expect(row.get_by_text("Paused")).to_be_visible()
    operator.look("a workflow that was paused")
    operator.reads(lists.PAUSED)
    choose.check()
    acts.get_by_role("button", name="Resume").click()
    operator.hears("1 workflow resumed")
    expect(row.get_by_text("Active")).to_be_visible()


def _import(operator: Person) -> None:
    """Import the workflow file as a template whose callback each deployment decides."""
    page = operator.page
    page.get_by_role("tab", name="Templates").click()
    page.get_by_role("main").get_by_role("button", name="Import template").first.click()
    panel = page.get_by_role("dialog", name="Import template")
    with page.expect_file_chooser() as chooser:
        panel.get_by_label("Workflow file").click()
    chooser.value.set_files(WORKFLOW_FILE)
    panel.get_by_label("Name", exact=True).fill("Confirm a booking")
    expect(panel.get_by_role("checkbox", name="Sign · secret")).to_be_checked()
    panel.get_by_role("checkbox", name="Callback · method").check()
    target = page.get_by_role("checkbox", name="Callback · url")
    expect(target).to_have_accessible_description("http://127.0.0.1:5690/callback")
    target.check()
    panel.get_by_role("listitem").filter(has=target).get_by_label("Label", exact=True).fill("Where to report")
    operator.look("importing a template")
    panel.get_by_role("button", name="Import template").click()
    expect(panel).to_be_hidden()
    row = page.get_by_role("table", name="Templates").get_by_role("row", name="Confirm a booking")
    expect(row).to_contain_text("Where to report")
    operator.look("templates")


def _read_log(client: Person, number: str) -> None:
    """The client sees the run in the log, and the invoice in the list."""
    page = client.page
    client.go_to("Projects")
    page.get_by_role("link", name=PROJECT).click()
    page.get_by_role("tab", name="Workflows").click()
    expect(_runs(page)).to_contain_text("Succeeded")
    expect(page.get_by_text(NEVER_SAID)).to_have_count(0)
    client.look("the client's log")
    client.go_to("Invoices")
    expect(page.get_by_role("row", name=number)).to_contain_text("Paid")
    client.look("the client's invoices")


def _audit(auditor: Person) -> None:
    """6. An auditor filters the audit log and exports it as CSV."""
    page = auditor.page
    _enter(auditor, "auditor@demo.test")
    auditor.go_to("Audit log")
    table = page.get_by_role("table", name="Audit log entries")
    expect(table.get_by_role("row", name="Started a run of").first).to_be_visible()
    auditor.look("the audit log")
    whole = _export(page)
    assert {
        "organization.created",
        "user.registered",
        "user.email_verified",
        "session.started",
        "onboarding.step_completed",
        "project.created",
        "proposal.created",
        "proposal.sent",
        "proposal.approved",
        "payment.intended",
        "payment.received",
        "invoice.issued",
        "workflow_environment.created",
        "workflow_template.created",
        "workflow.deployed",
        "execution.requested",
        "execution.finished",
    } <= {row["action"] for row in whole}
    assert not any(NEVER_SAID in value for row in whole for value in row.values())
    run = next(row for row in whole if row["action"] == "execution.finished")
    # The workflow's signed callback came over HTTP; the sweep that looks for lost runs has no address.
    assert (run["outcome"], bool(run["ip_address"])) == ("SUCCESS", True)
    page.get_by_label("Area").select_option("Projects")
    expect(table.get_by_role("row", name="Started a run of")).to_have_count(0)
    expect(table.get_by_role("row", name="Created project PRJ-").first).to_be_visible()
    page.get_by_role("searchbox", name="Find entries").fill("operator@demo.test")
    expect(page.get_by_role("button", name="Clear")).to_be_visible()
    expect(page).to_have_url(re.compile("q=operator"))
    auditor.look("the audit log, filtered")
    auditor.hears("shown")
    auditor.reads(main_job.AUDIT_LOG)
    rows = _export(page)
    assert {row["action"].partition(".")[0] for row in rows} == {"project"}
    assert len({row["actor_id"] for row in rows}) == 1
    assert len(rows) < len(whole)
    row = table.get_by_role("link", name="Created project PRJ-").first
    entry = page.get_by_role("dialog", name="Created project PRJ-")
    row.focus()
    page.keyboard.press("Enter")
    expect(entry).to_be_visible()
    page.keyboard.press("Escape")
    expect(entry).to_have_count(0)
    expect(row).to_be_focused()
    row.click()
    expect(entry).to_be_visible()
    page.go_back()
    expect(entry).to_have_count(0)
    expect(page).to_have_url(re.compile("q=operator"))
    row.click()
    expect(entry.get_by_text("Naledi Dlamini")).to_be_visible()
    auditor.look("an entry of the audit log")
    auditor.reads(main_job.AUDIT_ENTRY)


def _enter(person: Person, email: str) -> None:
    """Sign a demo account in from the front door."""
    person.page.goto("/")
    person.page.get_by_role("link", name="Sign in", exact=True).click()
    person.sign_in(email, DEMO)
    expect(person.page.get_by_role("navigation", name="Main")).to_be_visible()


def _fill_line(line: Locator, position: int, what: str, quantity: str, price: str) -> None:
    line.get_by_label(f"Line {position} description", exact=True).fill(what)
    line.get_by_label("Quantity").fill(quantity)
    line.get_by_label("Price (ZAR)").fill(price)
    line.get_by_label("VAT (%)").fill("15")


def _expect_status(page: Page, status: str) -> None:
    step = page.get_by_role("list", name="Project status").get_by_role("listitem").filter(has_text=status)
    expect(step).to_have_attribute("aria-current", "step")


def _tab_to(page: Page, target: Locator) -> None:
    """Press Tab until something has the focus, which must show on every way there."""
    for _ in range(TABS_AT_MOST):
        focus = page.evaluate(_FOCUS)
        assert focus["isShown"], f"the focus does not show on {focus['name']}"
        if target.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{TABS_AT_MOST} tabs did not lead to {target}")


def _runs(page: Page) -> Locator:
    return page.get_by_role("table", name="Runs of Confirm a booking").locator("tbody").get_by_role("row")


def _pdf_text(download: Download) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(download.path()).pages)


def _export(page: Page) -> list[dict[str, str]]:
    with page.expect_download() as export:
        page.get_by_role("button", name=re.compile("^Export CSV")).click()
    with Path(export.value.path()).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
