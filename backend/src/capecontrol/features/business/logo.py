"""The file of the logo."""

#: A file of more bytes is refused while it comes.
LOGO_BYTES_MAX = 1024 * 1024
#: What multipart writes around a file.
_ENVELOPE = 8 * 1024
LOGO_BODY_MAX = LOGO_BYTES_MAX + _ENVELOPE
#: Twice as large as it stands anywhere, for screens with small pixels.
WIDTH_MAX, HEIGHT_MAX = 1200, 480
MEDIA_TYPE = "image/png"


def storage_key(sha256: str) -> str:
    """Return where a logo is kept."""
    return f"branding/{sha256}.png"
