"""What an installation must not start with: one sentence for each."""

from capecontrol.main.settings.environment import Environment
from capecontrol.main.settings.fields import DEMO_SELLER, SettingFields

#: The least length of a production's SECRET_KEY, and words that show it is not random.
_SECRET_KEY_MIN = 32
_TELLTALE = ("changeme", "secret", "example", "local", "default")


def refusals(settings: SettingFields) -> list[str]:
    """Return why an installation must not start, in words for the person who sets it up; empty when it may."""
    if settings.capecontrol_env is not Environment.PRODUCTION:
        return []
    complaints = []
    secret = settings.secret_key.get_secret_value()
    if len(secret) < _SECRET_KEY_MIN or any(word in secret.lower() for word in _TELLTALE):
        complaints.append(f"SECRET_KEY must be at least {_SECRET_KEY_MIN} random characters")
    if not settings.public_url.startswith("https://"):
        complaints.append("PUBLIC_URL must begin with https://")
    database = settings.database_url.get_secret_value()
    if not any(f"ssl={mode}" in database for mode in ("require", "verify-ca", "verify-full")):
        complaints.append("DATABASE_URL must ask for an encrypted connection (?ssl=verify-full)")
    if settings.bcrypt_rounds < 12:
        complaints.append("BCRYPT_ROUNDS must be at least 12")
    if not settings.names_mail_carrier:
        complaints.append("SMTP_URL or RESEND_API_KEY must say how mail is sent")
    if settings.stripe_secret_key is None or settings.stripe_webhook_secret is None:
        complaints.append("STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET must be given")
    if settings.seller_name == DEMO_SELLER:
        complaints.append("SELLER_NAME and SELLER_ADDRESS must say who writes the invoices")
    if not settings.rate_limits:
        complaints.append("RATE_LIMITS must be on")
    return complaints
