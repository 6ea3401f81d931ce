"""Joins what the local run puts in place of the outside: a clock that can be moved, a mailbox."""

from capecontrol.adapters.clock.local import LocalClock
from capecontrol.adapters.email.local import LocalMailbox
from capecontrol.core.clock import Clock
from capecontrol.core.ports import Ports
from capecontrol.core.work import UnitOfWorkFactory
from capecontrol.main import wiring
from capecontrol.main.settings import Settings


def build_clock(settings: Settings) -> LocalClock:
    """Return the clock of every process of the run."""
    return LocalClock(settings.capecontrol_home)


def build_mailbox(settings: Settings, clock: Clock) -> LocalMailbox:
    """Return the mailbox in the run's data folder."""
    return LocalMailbox(settings.capecontrol_home / "mailbox", settings.mail_from, clock)


def build_factory(settings: Settings) -> UnitOfWorkFactory:
    """Return what every unit of work of a process shares, by the local clock. Nothing is connected yet."""
    return wiring.build_factory(settings, clock=build_clock(settings))


def build_ports(settings: Settings, factory: UnitOfWorkFactory) -> Ports:
    """Return the implementations that the settings choose; mail goes to the mailbox unless they name a carrier."""
    mailer = None if settings.names_mail_carrier else build_mailbox(settings, factory.clock)
    return wiring.build_ports(settings, factory, mailer=mailer)
