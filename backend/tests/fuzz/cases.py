"""Generated requests: Schemathesis reads the OpenAPI document, Hypothesis draws, a seed repeats."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.generation.case import Case
from schemathesis.schemas import APIOperation

AnyCase = Case[Any]
AnyOperation = APIOperation[Any, Any, Any, Any]


@contextmanager
def _quiet() -> Iterator[None]:
    """Generators warn about schemas that they find hard; that is no fault of ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def draw(operation: AnyOperation, mode: GenerationMode, count: int, chosen_seed: int) -> list[AnyCase]:
    """Return generated requests of one operation: valid ones by its schema, or ones that break it.

    Args:
        operation: what the document says.
        mode: POSITIVE or NEGATIVE.
        count: how many to try for; an operation without parameters has one.
        chosen_seed: the same seed draws the same requests.
    """
    found: list[AnyCase] = []
    with _quiet():
        try:
            strategy = operation.as_strategy(generation_mode=mode)

            @seed(chosen_seed)
            @settings(
                max_examples=count,
                database=None,
                deadline=None,
                phases=[Phase.generate],
                verbosity=Verbosity.quiet,
                suppress_health_check=list(HealthCheck),
            )
            @given(strategy)
            def collect(case: AnyCase) -> None:
                found.append(case)

            collect()
        except Exception as error:
            # An operation without anything to break has no invalid requests.
            if mode is not GenerationMode.NEGATIVE or found:
                raise
            del error
    return found[:count]
