"""Pictures that records name."""

from dataclasses import dataclass
from typing import ClassVar

from capecontrol.core.pictures import PictureForm


@dataclass(frozen=True, slots=True)
class PictureKind:
    """What pictures of one kind are for.

    Attributes:
        form: what becomes of a file that is sent.
        sent_max: how many bytes that file may have.
        folder: where the storage keeps them.
        address: the path below which anybody may load those that are shown.
    """

    form: PictureForm
    sent_max: int
    folder: str
    address: str


@dataclass(frozen=True, slots=True)
class StoredPicture:
    """A picture that the storage keeps by its content's SHA-256, as a record names it."""

    kind: ClassVar[PictureKind]

    sha256: str
    size: int
    width: int
    height: int

    @property
    def path(self) -> str:
        """Return where anybody may load it."""
        return f"{self.kind.address}/{self.sha256}.{self.kind.form.encoding}"

    @property
    def storage_key(self) -> str:
        """Return where the storage keeps it."""
        return self.key_of(self.sha256)

    @classmethod
    def key_of(cls, sha256: str) -> str:
        """Return where the storage keeps the picture of this kind that has a content."""
        return f"{cls.kind.folder}/{sha256}.{cls.kind.form.encoding}"
