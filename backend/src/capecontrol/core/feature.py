"""What a feature gives to the product: the one thing that main joins."""

from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from capecontrol.core.activity import ActivityKind
from capecontrol.core.audit import AuditArea
from capecontrol.core.bulk.kind import BulkKind
from capecontrol.core.changes.topic import Audience
from capecontrol.core.http.router import Router
from capecontrol.core.mail import Mail
from capecontrol.core.outbox.registry import Scheduled, Subscription
from capecontrol.core.path_objects import PathObject
from capecontrol.core.permissions import Grants
from capecontrol.core.secret_keys.columns import KeyedColumn
from capecontrol.core.secret_keys.issued import Issued


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One feature of the product; each states its own as ``FEATURE`` in its ``feature.py``.

    Attributes:
        name: the name of its package.
        models: the modules with its tables. To import them is what makes the tables known.
        routers: its HTTP operations, in the order of the API's description.
        grants: its permissions, and the roles that hold them.
        activity: what people are told of its acts.
        topics: of which changes open pages are told, and with what permission.
        mails: the mails that it sends.
        path_objects: what the parameters of its paths name.
        audit_areas: the groups of actions that it records.
        bulk: what can be done to many of its things at once.
        subscriptions: what it does about events, its own and those of others.
        schedule: what recurs.
        keyed_columns: where it keeps what was made with keys, so that none is retired that it needs.
        issued: what it signs with keys and hands out, with its lifetime, for the same reason.
    """

    name: str
    models: tuple[ModuleType, ...] = ()
    routers: tuple[Router, ...] = ()
    grants: Grants = field(default_factory=dict)
    activity: tuple[ActivityKind, ...] = ()
    topics: Audience = field(default_factory=dict)
    mails: tuple[type[Mail], ...] = ()
    path_objects: tuple[PathObject, ...] = ()
    audit_areas: tuple[AuditArea, ...] = ()
    bulk: tuple[BulkKind[Any], ...] = ()
    subscriptions: tuple[Subscription[Any], ...] = ()
    schedule: tuple[Scheduled, ...] = ()
    keyed_columns: tuple[KeyedColumn, ...] = ()
    issued: tuple[Issued, ...] = ()
