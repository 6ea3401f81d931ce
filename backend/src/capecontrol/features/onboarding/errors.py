"""What can be refused."""

from typing import ClassVar

from capecontrol.core.problems import Conflict, SetupRequired


class OnboardingRequired(SetupRequired):
    """A client's application opens when the onboarding is done."""

    slug: ClassVar[str] = "onboarding/required"
    title: ClassVar[str] = "Finish setting up your account first"


class StepOutOfOrder(Conflict):
    """Another step needs to be completed first; ``allowed`` names it."""

    slug: ClassVar[str] = "onboarding/step-out-of-order"
    title: ClassVar[str] = "Complete the earlier steps first"


class ProfileIncomplete(Conflict):
    """The profile step needs the profile."""

    slug: ClassVar[str] = "onboarding/profile-incomplete"
    title: ClassVar[str] = "Your profile is incomplete"
