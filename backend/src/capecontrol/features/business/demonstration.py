"""The demonstration's business, in whose name nobody else may trade."""

from dataclasses import dataclass

from capecontrol.core.problems import FieldError, Invalid


@dataclass(frozen=True, slots=True)
class Demonstration:
    """The name and the address of the demonstration, and whether this installation is one."""

    name: str
    address: str
    is_here: bool

    def check(self, *, name: str | None, address: str | None) -> None:
        """Refuse what the demonstration is called or where it lies, unless this is it.

        Raises:
            Invalid: by the names of the members.
        """
        if self.is_here:
            return
        told = (("name", name, self.name), ("address", address, self.address))
        errors = [
            FieldError(f"/{member}", f"This {member} belongs to the demo business. Enter your own.")
            for member, given, its in told
            if given == its
        ]
        if errors:
            raise Invalid(errors=errors)

    def is_of(self, *, name: str, address: str) -> bool:
        """Tell whether a business that trades here has the demonstration's name or address."""
        return not self.is_here and (name == self.name or address == self.address)
