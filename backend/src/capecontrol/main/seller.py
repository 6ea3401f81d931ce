"""The business at the start of a process: the settings become its record where there is none."""

from capecontrol.core.actor import Actor
from capecontrol.core.db.scope import PlatformScope
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.features.business.interface import recorded_business, reseed_business, seed_business
from capecontrol.main.settings import Settings, SettingsRefused
from capecontrol.main.wiring import build_business, build_demonstration

_SCOPE = PlatformScope("business: begin with the settings")
_ACTOR = Actor.system("business")


async def begin_business(factory: UnitOfWorkFactory, settings: Settings) -> bool:
    """Write the record of the business from the settings unless there is one, and tell whether it was written.

    Every process does so as it starts, any number at once: an upgrade needs nobody's hand.

    Raises:
        SettingsRefused: it would trade, or trades, under the demonstration's name; or the settings name nobody.
    """
    business, demonstration = build_business(settings), build_demonstration(settings)
    async with factory.unit(_ACTOR, _SCOPE) as work:
        known = await recorded_business(work)
        if known is not None and demonstration.is_of(name=known.name, address=known.address):
            raise SettingsRefused(
                [
                    "The business in the database has the name or the address of the demonstration. Set SELLER_NAME "
                    "and SELLER_ADDRESS and run `capecontrol business seed --replace`"
                ]
            )
        if known is None:
            check_named(settings)
            return await seed_business(work, business)
    return False


async def begin_again(factory: UnitOfWorkFactory, settings: Settings) -> None:
    """Make the record say what the settings say, whatever it said before.

    Raises:
        SettingsRefused: the settings do not say who trades.
    """
    check_named(settings)
    async with factory.unit(Actor.system("command line: business"), _SCOPE) as work:
        await reseed_business(work, build_business(settings))


def check_named(settings: Settings) -> None:
    """Refuse to begin a business in nobody's name, or in the demonstration's.

    Raises:
        SettingsRefused: the settings do not say who trades.
    """
    name, address = settings.seller_name, settings.seller_address
    if settings.is_local:
        return
    if not (name and address) or build_demonstration(settings).is_of(name=name, address=address):
        raise SettingsRefused(["SELLER_NAME and SELLER_ADDRESS must say who writes the invoices"])
