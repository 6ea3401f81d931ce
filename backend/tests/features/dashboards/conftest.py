"""Fixtures for dashboards: money has to move before it can be shown."""

from tests.features.billing.conftest import shop

__all__ = ["shop"]
