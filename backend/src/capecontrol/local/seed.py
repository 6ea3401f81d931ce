"""The demonstration: accounts, and a little work to look at. Made once, through the product's own actions."""

import uuid
from dataclasses import dataclass
from decimal import Decimal

from capecontrol.core.actor import Actor, Origin
from capecontrol.core.business import Business
from capecontrol.core.db.scope import OrganizationScope, PlatformScope
from capecontrol.core.ids import new_id
from capecontrol.core.line_items.pricing import LineItem
from capecontrol.core.passwords import PasswordHasher
from capecontrol.core.permissions import Role
from capecontrol.core.ports import Ports
from capecontrol.core.storage import ObjectStorage
from capecontrol.core.work import UnitOfWork, UnitOfWorkFactory, Units
from capecontrol.features.billing.actions.settle_checkout import settle_checkout
from capecontrol.features.billing.dao.intents import IntentDao
from capecontrol.features.billing.lifecycle import IntentStatus
from capecontrol.features.billing.models import PaymentIntent
from capecontrol.features.billing.ports import CheckoutState, CheckoutStatus
from capecontrol.features.identity.actions.add_account import AddAccount, add_account
from capecontrol.features.onboarding.interface import complete_all
from capecontrol.features.organizations.interface import create_organization, free_domain, is_name_taken
from capecontrol.features.projects.actions.create_project import create_project
from capecontrol.features.projects.content import ProjectContent
from capecontrol.features.proposals.actions.create_proposal import create_proposal
from capecontrol.features.proposals.actions.decide_proposal import approve_proposal
from capecontrol.features.proposals.actions.send_proposal import freeze_version, prepare_version
from capecontrol.features.proposals.dao.proposals import ProposalDao
from capecontrol.features.proposals.draft import Draft
from capecontrol.features.proposals.models import Proposal
from capecontrol.local.demo_business import furnish
from capecontrol.local.home import is_claimed
from capecontrol.local.wiring import build_factory, build_ports
from capecontrol.main.keys import opened
from capecontrol.main.seller import begin_business
from capecontrol.main.settings import Environment, Settings

#: The demo accounts' password, as the README tells it.
PHRASE = "Demo-pass-2026!"
ORGANIZATION = "Demo Ltd"
TIMEZONE = "Africa/Johannesburg"

STAFF = (
    ("operator@demo.test", "Naledi Dlamini", Role.OPERATOR),
    ("auditor@demo.test", "Piet van Wyk", Role.AUDITOR),
    ("developer@demo.test", "Sipho Khumalo", Role.DEVELOPER),
)
MEMBERS = (
    ("owner@demo.test", "Aisha Jacobs", Role.OWNER),
    ("admin@demo.test", "Johan Botha", Role.ADMINISTRATOR),
    ("user@demo.test", "Lerato Mokoena", Role.USER),
)


class NotLocal(RuntimeError):
    """Demo data was asked for outside the local run."""


@dataclass(frozen=True, slots=True)
class _Stage:
    factory: UnitOfWorkFactory
    ports: Ports
    operator: Actor
    owner: Actor
    org_id: uuid.UUID


async def seed(settings: Settings) -> None:
    """Make the demonstration unless it is there.

    Raises:
        NotLocal: the environment is not ``local``, or no local run has made the data folder.
    """
    if settings.capecontrol_env is not Environment.LOCAL:
        raise NotLocal("Demo data exists in the local environment only: CAPECONTROL_ENV must be local.")
    if not is_claimed(settings.capecontrol_home):
        raise NotLocal(
            f"{settings.capecontrol_home} was not made by a local run, so nothing was added: check CAPECONTROL_HOME."
        )
    factory = build_factory(settings)
    ports = build_ports(settings, factory)
    async with opened(factory):
        await begin_business(factory, settings)
        system = Actor.system("seed")
        async with factory.unit(system, PlatformScope("seed")) as work:
            if await is_name_taken(work, ORGANIZATION):
                return
        units = Units(factory, system, PlatformScope("seed"), Origin())
        # This process has no follower: what is sent and issued below is in the name of the business as it is now.
        ports.provide(Business, await furnish(units, ports.get(ObjectStorage), ports.get(Business)))
        hashed = await ports.get(PasswordHasher).hash(PHRASE)
        async with factory.unit(system, PlatformScope("seed")) as work:
            org_id = new_id()
            await create_organization(work, org_id=org_id, name=ORGANIZATION, domain=await free_domain(work, "Demo"))
            ids = {
                email: await add_account(work, AddAccount(email, name, role, hashed, home))
                for people, home in ((STAFF, None), (MEMBERS, org_id))
                for email, name, role in people
            }
        async with factory.unit(system, OrganizationScope(org_id)) as work:
            for email, _, _ in MEMBERS:
                await complete_all(work, ids[email], timezone=TIMEZONE)
        operator, owner = (
            Actor.person(ids[email], email, role, name=name, org_id=home)
            for (email, name, role), home in ((STAFF[0], None), (MEMBERS[0], org_id))
        )
        await _work(_Stage(factory, ports, operator, owner, org_id))


async def _work(stage: _Stage) -> None:
    """Three projects: one paid and under way, one waiting for an answer, one just begun."""
    underway = await _proposal(
        stage,
        "Lead capture and follow-up",
        "Every enquiry from your website answered within a minute, followed up by SMS, and in your CRM without typing.",
        (
            ("Discovery workshop and process map", "1", 1_800_000),
            ("Lead capture workflow, web form to CRM", "1", 6_200_000),
        ),
    )
    await _approve_and_pay(stage, underway)
    await _proposal(
        stage,
        "Invoice reminders",
        "Friendly reminders three, seven and fourteen days after the due date, until the invoice is paid.",
        (("Reminder workflow", "1", 2_400_000), ("Monitoring and support, months", "6", 350_000)),
    )
    async with stage.factory.unit(stage.operator, PlatformScope("seed")) as work:
        await create_project(
            work,
            stage.ports.get(Business),
            org_id=stage.org_id,
            content=ProjectContent(
                title="Stock report every Monday",
                description="Pull stock levels from the three shops and mail one table before opening.",
            ),
        )


async def _proposal(stage: _Stage, title: str, summary: str, lines: tuple[tuple[str, str, int], ...]) -> uuid.UUID:
    """Make a project with a proposal that is sent."""
    business = stage.ports.get(Business)
    async with stage.factory.unit(stage.operator, PlatformScope("seed")) as work:
        project, _ = await create_project(
            work, business, org_id=stage.org_id, content=ProjectContent(title=title, description=summary)
        )
        proposal = await create_proposal(
            work,
            project.id,
            Draft(
                title=title,
                summary=summary,
                terms="Payment on approval. Work begins on the day of payment.",
                items=tuple(
                    LineItem(text, Decimal(quantity), price, Decimal("15.00")) for text, quantity, price in lines
                ),
                currency="ZAR",
                tax_inclusive=False,
                deposit=None,
                valid_until=None,
            ),
        )
    async with stage.factory.unit(stage.operator, PlatformScope("seed")) as work:
        # Without its document, which whoever mails it makes: nobody waits for the renderer before the first page.
        await freeze_version(work, await prepare_version(work, business, await _get(work, proposal.id)), None)
        return proposal.id


async def _approve_and_pay(stage: _Stage, proposal_id: uuid.UUID) -> None:
    """Approve as the owner, and settle a payment as the provider would report it."""
    async with stage.factory.unit(stage.owner, OrganizationScope(stage.org_id)) as work:
        proposal = await _get(work, proposal_id)
        await approve_proposal(work, proposal, name="Aisha Jacobs")
    async with stage.factory.unit(stage.owner, OrganizationScope(stage.org_id)) as work:
        now = work.now()
        intent = await IntentDao(work).add(
            PaymentIntent(
                id=new_id(),
                org_id=stage.org_id,
                proposal_id=proposal_id,
                amount=proposal.total,
                currency=proposal.currency,
                status=IntentStatus.CREATED,
                created_by=stage.owner.id,
                created_at=now,
                updated_at=now,
            )
        )
    state = CheckoutState(
        id=f"cs_test_seed_{intent.id.hex}",
        status=CheckoutStatus.COMPLETE,
        payment_status="paid",
        amount_total=proposal.total,
        currency=proposal.currency,
        provider_payment_id=f"pi_seed_{intent.id.hex}",
        metadata={"payment_intent_id": str(intent.id)},
    )
    async with stage.factory.unit(Actor.system("seed"), PlatformScope("seed")) as work:
        await settle_checkout(work, state, stage.ports.get(Business))


async def _get(work: UnitOfWork, proposal_id: uuid.UUID) -> Proposal:
    proposal = await ProposalDao(work).get(proposal_id)
    if proposal is None:
        raise LookupError("the seeded proposal is gone")
    return proposal
