"""The name that people give to a thing of theirs."""

from typing import Annotated

from pydantic import Field

from capecontrol.core.http import Line

Name = Annotated[Line, Field(min_length=1, max_length=100)]
