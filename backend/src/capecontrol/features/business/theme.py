"""The colours of the business as a style sheet."""

from capecontrol.core.business import Business

#: The tokens that a business has of its own, by what an accent makes of a page.
_TOKENS = {"accent": "accent", "accent-2": "hover", "on-accent": "on_accent", "soft": "soft", "soft-ink": "on_soft"}


def theme_css(business: Business) -> str:
    """Return custom properties of pages that carry the face of the business: ``<html data-face="business">``.

    The attribute keeps the staff's consoles as they are, and outweighs the tokens wherever the sheet stands.
    """
    light, dark = business.light_accents, business.dark_accents
    lines = (
        f"  --{token}: light-dark({getattr(light, member)}, {getattr(dark, member)});"
        for token, member in _TOKENS.items()
    )
    return ':root[data-face="business"] {\n' + "\n".join(lines) + "\n}\n"
