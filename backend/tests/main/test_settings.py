"""Settings: all of them told, and an installation that people rely on starts with none that is unsafe."""

import secrets
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from ipaddress import IPv4Address
from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from capecontrol.main.settings import Settings, SettingsRefused
from capecontrol.main.settings.loading import load
from capecontrol.main.wiring import build_business

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "settings.md"
COMPOSE = Path(__file__).parents[3] / "deploy" / "compose.yaml"
EXAMPLE = Path(__file__).parents[3] / "deploy" / "settings.example"
#: Written out: the name of a test must be the same in every process.
FERNET_KEY = "Yw3JTf4_Qk-PziVUb7Ag-Bm4to1hcTysFK9v9jGVcIQ="
SAFE = {
    "capecontrol_env": "production",
    "public_url": "https://portal.example",
    "secret_key": "k9Hq2vXw7Zr4Tn8Bm1Lc6Pd3Fs5Gj0Yae",
    "encryption_keys": FERNET_KEY,
    "database_url": "postgresql://login:p9Hq2vXw7Zr4@db.example/capecontrol?sslmode=verify-full",
    "redis_url": "rediss://:c3Fs5Gj0Yae1Lc6@cache.example",
    "mail_from": "Harbour Automation <billing@harbour.example>",
    "seller_name": "Harbour Automation (Pty) Ltd",
    "seller_address": "1 Dock Road, Cape Town",
    "smtp_url": "smtp://mail.example:587",
    "stripe_secret_key": "sk_live_of_the_business",
    "stripe_webhook_secret": "whsec_of_the_business",
}
#: Staging differs in its keys of Stripe, and in nothing else.
KEYS = {"production": "sk_live_of_the_business", "staging": "sk_test_of_the_business"}


def complaints(values: Mapping[str, object]) -> tuple[str, ...]:
    """Return what is said of settings that an environment gave; nothing when they may start."""
    given = {name: value for name, value in values.items() if value is not None}
    try:
        load(Settings, **given)
    except SettingsRefused as refused:
        return refused.complaints
    return ()


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_told(name: str) -> None:
    assert f"`{name.upper()}`" in REFERENCE.read_text()


#: What compose decides itself, what its image says, and what only a local run or a migration has.
NOT_TO_FILL_IN = {"PUBLIC_URL", "REDIS_URL", "FORWARDED_ALLOW_IPS", "CAPECONTROL_ENV", "METRICS_HOST"}
NOT_IN_COMPOSE = {
    "CAPECONTROL_HOME",
    "HOST",
    "PORT",
    "BUILD_COMMIT",
    "BUILD_TIME",
    "STRIPE_API_BASE",
    "N8N_LOCAL_API_KEY",
}
BY_COMMAND = {"ALLOW_MIGRATIONS", "MIGRATION_APPROVAL"}


def test_compose_hands_every_setting_on_and_the_owner_of_the_schema_to_the_operator_alone() -> None:
    services = yaml.safe_load(COMPOSE.read_text())["services"]
    settings = {name.upper() for name in Settings.model_fields} - NOT_IN_COMPOSE - BY_COMMAND

    for name in ("api", "worker", "scheduler"):
        assert set(services[name]["environment"]) == settings - {"MIGRATIONS_DATABASE_URL"}
    assert set(services["operator"]["environment"]) == settings
    told = {line.split("=")[0] for line in EXAMPLE.read_text().splitlines()}
    assert settings - NOT_TO_FILL_IN - told == set()


@pytest.mark.parametrize("environment", KEYS)
def test_it_starts_with_what_is_safe(environment: str) -> None:
    safe = SAFE | {"capecontrol_env": environment, "stripe_secret_key": KEYS[environment]}

    settings = Settings.model_validate(safe)

    assert settings.database_url.get_secret_value().startswith("postgresql+asyncpg://")
    assert settings.is_local is False


def test_it_is_production_unless_somebody_says_otherwise() -> None:
    unsaid = {name: value for name, value in SAFE.items() if name != "capecontrol_env"}

    assert Settings.model_validate(unsaid).capecontrol_env == "production"
    assert "RATE_LIMITS must be on" in complaints(unsaid | {"rate_limits": False})


KEY = "SECRET_KEY must be at least 32 random characters (`openssl rand -base64 48`)"
SEALING = "ENCRYPTION_KEYS must be random (`openssl rand -base64 32 | tr '+/' '-_'`)"
DATABASE = (
    "DATABASE_URL must verify the server's certificate (?sslmode=verify-full), or PRIVATE_SERVICES must name its host"
)
PLAIN = "PUBLIC_URL must hold no login, no ? and no #: the address of every page is built on it"
ONE_SENDER = (
    "MAIL_FROM must be one address, such as Northstar <hello@northstar.example>; "
    "a name with a comma, a bracket or an @ stands in quotes"
)
REDIS = "REDIS_URL must verify the server's certificate (rediss://), or PRIVATE_SERVICES must name its host"
CALLBACK = "CALLBACK_URL must begin with https://, or PRIVATE_SERVICES must name its host"
PROXIES = (
    "FORWARDED_ALLOW_IPS must list the addresses of proxies or networks of your own; "
    "a larger one would let every client choose its own address"
)
GUESSED = "{} must be harder to guess"
STRIPE = "STRIPE_SECRET_KEY must be a secret or restricted key of Stripe (sk_… or rk_…)"
SENDER = "MAIL_FROM must be an address of yours; .test addresses cannot receive e-mail"
OWNER = (
    "MIGRATIONS_DATABASE_URL must verify the server's certificate (?sslmode=verify-full), "
    "or PRIVATE_SERVICES must name its host"
)
BLANKS = "{} must contain no blanks, not even at the beginning or the end"
ORIGINS = "CORS_ALLOWED_ORIGINS must name origins such as https://app.example.com, and {!r} is none"

UNSAFE: list[tuple[str, object, str]] = [
    ("secret_key", "short", KEY),
    ("secret_key", "a" * 40, KEY),
    ("secret_key", "password" * 4, KEY),
    ("secret_key", "abcabcabcabcabcabcabcabcabcabcabcabc", KEY),
    ("secret_key", "abcdefghijklmnopqrstuvwxyz0123456789", KEY),
    ("secret_key", "changeme-changeme-changeme-changeme-changeme", KEY),
    ("secret_key", "my-super-secret-key-for-production-2026", KEY),
    ("secret_key", "only-for-tests-" + "x" * 32, KEY),
    ("secret_key", "thequickbrownfoxjumpsoverthelazydog", KEY),
    ("secret_key", "correct horse battery staple correct", KEY),
    ("secret_key", "make one with `openssl rand -base64 48`", KEY),
    ("stripe_webhook_secret", "x", GUESSED.format("STRIPE_WEBHOOK_SECRET")),
    ("s3_secret_access_key", "minioadmin", GUESSED.format("S3_SECRET_ACCESS_KEY")),
    ("public_url", "https://user:pw@portal.example", PLAIN),
    ("public_url", "https://portal.example?x=1", PLAIN),
    ("public_url", "https://portal.example/#x", PLAIN),
    ("mail_from", "nonsense", ONE_SENDER),
    ("mail_from", "Northstar <hello@northstar.example>\nBcc: all@northstar.example", ONE_SENDER),
    ("mail_from", "hello@northstar.example, other@northstar.example", ONE_SENDER),
    ("stripe_webhook_secret", "whsec_secret", GUESSED.format("STRIPE_WEBHOOK_SECRET")),
    ("metrics_token", "a", GUESSED.format("METRICS_TOKEN")),
    ("resend_api_key", "x", GUESSED.format("RESEND_API_KEY")),
    ("stripe_secret_key", "abc", STRIPE),
    ("stripe_secret_key", "pk_live_of_the_business", STRIPE),
    ("stripe_secret_key", " sk_live_of_the_business", STRIPE),
    ("stripe_secret_key", "SK_TEST_of_the_business", STRIPE),
    ("encryption_keys", urlsafe_b64encode(b"\0" * 32).decode(), SEALING),
    ("encryption_keys", f"{FERNET_KEY},{urlsafe_b64encode(bytes(32)).decode()}", SEALING),
    ("encryption_keys", f"{FERNET_KEY},{FERNET_KEY}", "ENCRYPTION_KEYS must not hold the same secret twice"),
    ("redis_url", "rediss://:redis@cache.example", "REDIS_URL must not contain a common password"),
    ("redis_url", "rediss://cache.example?password=redis", "REDIS_URL must not contain a common password"),
    (
        "database_url",
        "postgresql://login:%70ostgres@db.example/capecontrol?sslmode=verify-full",
        "DATABASE_URL must not contain a common password",
    ),
    ("smtp_url", "smtp://us:changeme@mail.example", "SMTP_URL must not contain a common password"),
    (
        "stripe_webhook_secret",
        SAFE["secret_key"],
        "SECRET_KEY and STRIPE_WEBHOOK_SECRET must not hold the same secret twice",
    ),
    (
        "redis_url",
        "rediss://:p9Hq2vXw7Zr4@cache.example",
        "DATABASE_URL and REDIS_URL must not hold the same secret twice",
    ),
    (
        "migrations_database_url",
        "postgresql://owner:p9Hq2vXw7Zr4@db.example/capecontrol?sslmode=verify-full",
        "DATABASE_URL and MIGRATIONS_DATABASE_URL must not hold the same secret twice",
    ),
    ("public_url", "http://portal.example", "PUBLIC_URL must begin with https://"),
    ("callback_url", "http://10.0.0.4:8000", CALLBACK),
    (
        "s3_endpoint",
        "http://minio:9000",
        "S3_ENDPOINT must begin with https://, or PRIVATE_SERVICES must name its host",
    ),
    ("cors_allowed_origins", "http://app.example", "CORS_ALLOWED_ORIGINS must name origins that begin with https://"),
    ("forwarded_allow_ips", "*", PROXIES),
    ("forwarded_allow_ips", "10.83.0.2,0.0.0.0/0", PROXIES),
    ("forwarded_allow_ips", "0.0.0.0/1,128.0.0.0/1", PROXIES),
    ("forwarded_allow_ips", "::/1", PROXIES),
    ("database_url", "postgresql://login@db.example/capecontrol", DATABASE),
    ("database_url", "postgresql://login@db.example/capecontrol?sslmode=disable", DATABASE),
    ("database_url", "postgresql://login@/capecontrol?host=/run/postgresql,evil.example", DATABASE),
    ("database_url", "postgresql://login@db.example/capecontrol?sslmode=prefer", DATABASE),
    ("database_url", "postgresql://login@db.example/capecontrol?sslmode=require", DATABASE),
    ("database_url", "postgresql://login@db.example/capecontrol?ssl=require", DATABASE),
    ("database_url", "postgresql://login@db.example/capecontrol?application_name=ssl=require", DATABASE),
    (
        "database_url",
        "postgresql://login@db.example/capecontrol?ssl=disable&application_name=ssl=verify-full",
        DATABASE,
    ),
    ("migrations_database_url", "postgresql://owner@db.example/capecontrol", OWNER),
    ("migrations_database_url", "postgresql://owner@db.example/capecontrol?sslmode=require", OWNER),
    ("redis_url", "redis://cache.example", REDIS),
    ("redis_url", "rediss://cache.example?ssl_cert_reqs=optional", REDIS),
    ("redis_url", "rediss://cache.example?ssl_cert_reqs=none", REDIS),
    ("redis_url", "rediss://cache.example?ssl_check_hostname=false", REDIS),
    ("bcrypt_rounds", 10, "BCRYPT_ROUNDS must be at least 12"),
    ("rate_limits", False, "RATE_LIMITS must be on"),
    ("limit_credentials", "1000000:1000000", "LIMIT_CREDENTIALS must be at most 100:1000"),
    ("limit_credentials", "5:1001", "LIMIT_CREDENTIALS must be at most 100:1000"),
    ("limit_strangers", "1000000000:1000", "LIMIT_STRANGERS must be at most 10000:100000"),
    ("smtp_url", None, "SMTP_URL or RESEND_API_KEY must say how mail is sent"),
    ("stripe_secret_key", None, "STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET must be given"),
    ("stripe_webhook_secret", None, "STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET must be given"),
    ("stripe_api_base", "http://evil.example", "STRIPE_API_BASE is for the stand-in of a local run: remove it"),
    ("mail_from", None, SENDER),
    ("mail_from", "no-reply@CapeControl.Test", SENDER),
    ("mail_from", "Northstar <no-reply@capecontrol.test.>", SENDER),
    ("mail_from", "Northstar <hello@northstar.example", ONE_SENDER),
    ("mail_from", "hello@north star.example", ONE_SENDER),
]


def test_each_secret_has_a_value_that_is_refused() -> None:
    secrets = {name for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)}
    assert secrets - {"n8n_local_api_key"} <= {name for name, _, _ in UNSAFE}


@pytest.mark.parametrize("environment", KEYS)
@pytest.mark.parametrize(("name", "value", "sentence"), UNSAFE)
def test_what_is_unsafe_is_refused_with_its_sentence(environment: str, name: str, value: object, sentence: str) -> None:
    given = SAFE | {"capecontrol_env": environment, "stripe_secret_key": KEYS[environment]}

    assert complaints(given | {name: value}) == (sentence,)


@pytest.mark.parametrize(
    ("environment", "key", "sentence"),
    [
        ("production", "sk_test_mine", "STRIPE_SECRET_KEY must not be a test key in production: nobody would pay"),
        ("production", "sk_org_test_mine", "STRIPE_SECRET_KEY must not be a test key in production: nobody would pay"),
        ("production", "rk_test_mine", "STRIPE_SECRET_KEY must not be a test key in production: nobody would pay"),
        (
            "staging",
            "sk_live_mine",
            "STRIPE_SECRET_KEY must not be a live key in staging: it would take people's money",
        ),
        (
            "staging",
            "rk_live_mine",
            "STRIPE_SECRET_KEY must not be a live key in staging: it would take people's money",
        ),
    ],
)
def test_live_and_test_keys_of_stripe_stay_where_they_belong(environment: str, key: str, sentence: str) -> None:
    assert complaints(SAFE | {"capecontrol_env": environment, "stripe_secret_key": key}) == (sentence,)


def test_metrics_are_not_open_to_the_world() -> None:
    open_to_all = {"metrics_port": 9100, "metrics_host": str(IPv4Address(0))}
    sentence = "METRICS_TOKEN must be given, or METRICS_HOST must be an address that the public does not reach"

    assert complaints(SAFE | open_to_all) == (sentence,)
    assert complaints(SAFE | open_to_all | {"metrics_host": "::"}) == (sentence,)
    assert complaints(SAFE | open_to_all | {"metrics_token": "c3Fs5Gj0Yae1Lc6Pd"}) == ()
    assert complaints(SAFE | open_to_all | {"metrics_host": "10.84.0.7"}) == ()
    assert complaints(SAFE | open_to_all | {"metrics_port": None}) == ()


@pytest.mark.parametrize("environment", ["local", "production"])
@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        (
            "encryption_keys",
            "not-a-key",
            "ENCRYPTION_KEYS must be Fernet keys, 32 bytes each in url-safe base64, separated by commas "
            "(`openssl rand -base64 32 | tr '+/' '-_'`)",
        ),
        ("cors_allowed_origins", "*", ORIGINS.format("*")),
        ("cors_allowed_origins", "https://app.example,null", ORIGINS.format("null")),
        ("cors_allowed_origins", "https://*.example", ORIGINS.format("https://*.example")),
        ("cors_allowed_origins", "https://app.example/", ORIGINS.format("https://app.example/")),
        ("cors_allowed_origins", "https://[::1", ORIGINS.format("https://[::1")),
        (
            "public_url",
            "https://portal.example:99999",
            "PUBLIC_URL must be an address that begins with http:// or https://",
        ),
        ("public_url", "https://por tal.example", BLANKS.format("PUBLIC_URL")),
        ("callback_url", "https://portal.example ", BLANKS.format("CALLBACK_URL")),
        ("redis_url", " rediss://cache.example/1", BLANKS.format("REDIS_URL")),
        ("redis_url", "rediss://cache.example/1\n", BLANKS.format("REDIS_URL")),
        (
            "redis_url",
            "rediss://cache.example/15",
            "REDIS_URL must name another database than 15: the queues use the next one, which few servers have",
        ),
        ("public_url", "portal.example", "PUBLIC_URL must be an address that begins with http:// or https://"),
        (
            "redis_url",
            "rediss://cache:six",
            "REDIS_URL is no address of a Redis server: write rediss://:password@host:6379/0",
        ),
        (
            "redis_url",
            "rediss://cache.example?socket_timeout=abc",
            "REDIS_URL has an unknown parameter: known are db, username, password, ssl_cert_reqs, ssl_check_hostname, "
            "ssl_ca_certs, ssl_ca_path, ssl_certfile, ssl_keyfile",
        ),
        (
            "redis_url",
            "rediss://cache.example/x",
            "REDIS_URL must end in the number of a database: write rediss://:password@host:6379/0",
        ),
        (
            "redis_url",
            "rediss://cache.example?ssl_cert_reqs=CERT_NONE",
            "REDIS_URL has a parameter that cannot be used: ssl_cert_reqs must be none, optional or required",
        ),
        ("smtp_url", "mail.example:587", "SMTP_URL must be an address that begins with smtp:// or smtps://"),
        ("issuer_timezone", "Cape Town", "ISSUER_TIMEZONE must be a time zone such as Africa/Johannesburg"),
        (
            "limit_people",
            "often",
            "LIMIT_PEOPLE must be requests per second, a colon, and how many at once, such as 20:200",
        ),
        ("log_level", "loud", "LOG_LEVEL must be DEBUG, INFO, WARNING, ERROR or CRITICAL"),
        ("request_head_seconds", "inf", "REQUEST_HEAD_SECONDS: input should be a finite number"),
        ("request_body_seconds", "inf", "REQUEST_BODY_SECONDS: input should be a finite number"),
        ("answer_seconds", "inf", "ANSWER_SECONDS: input should be a finite number"),
        ("answer_seconds", "3601", "ANSWER_SECONDS: input should be less than or equal to 3600"),
        ("body_max_bytes", str(10**12), "BODY_MAX_BYTES: input should be less than or equal to 1073741824"),
        ("port", "http", "PORT: input should be a valid integer, unable to parse string as an integer"),
        ("capecontrol_env", "prod", "CAPECONTROL_ENV: input should be 'local', 'test', 'staging' or 'production'"),
        (
            "database_url",
            "postgresql://login@db.example/capecontrol?host=evil.example&port=5432",
            "DATABASE_URL names its host twice, and the driver takes the second: leave out host= and port=",
        ),
        (
            "database_url",
            "postgresql://login@/capecontrol?sslmode=verify-full",
            "DATABASE_URL names no host: write postgresql://login:password@host:5432/database?sslmode=verify-full",
        ),
        (
            "database_url",
            "mysql://login@db.example/capecontrol",
            "DATABASE_URL is no address of a PostgreSQL database: "
            "write postgresql://login:password@host:5432/database?sslmode=verify-full",
        ),
    ],
)
def test_what_cannot_work_is_refused_everywhere(environment: str, name: str, value: str, sentence: str) -> None:
    assert complaints(SAFE | {"capecontrol_env": environment} | {name: value}) == (sentence,)


@pytest.mark.parametrize("name", ["secret_key", "encryption_keys", "database_url", "redis_url"])
def test_what_is_missing_is_named(name: str) -> None:
    assert complaints(SAFE | {name: None}) == (f"{name.upper()} must be given",)


def test_all_that_is_wrong_is_told_at_once() -> None:
    told = complaints(
        SAFE | {"secret_key": None, "port": "http", "rate_limits": False, "public_url": "http://x.example"}
    )

    assert [sentence.split()[0] for sentence in told] == ["PORT:", "SECRET_KEY", "PUBLIC_URL", "RATE_LIMITS"]


@pytest.mark.parametrize(
    "values",
    [
        {"private_services": "db", "database_url": "postgresql://login@db/capecontrol"},
        {"private_services": "db:5433", "database_url": "postgresql://login@db:5433/capecontrol?sslmode=disable"},
        {"database_url": "postgresql://login@/capecontrol?host=/run/postgresql"},
        {"private_services": "db,valkey:6379", "redis_url": "redis://:c3Fs5Gj0Yae1Lc6@valkey"},
        {"private_services": "[fd00::6]:6379", "redis_url": "redis://[fd00::6]:6379"},
        {"redis_url": "unix:///run/valkey.sock"},
        {"mail_from": '"Northstar, Inc." <hello@northstar.example>'},
        {"mail_from": "Northstar\u00a0Inc <hello@northstar.example>"},
        {"private_services": "api:8000", "callback_url": "http://api:8000"},
        {"migrations_database_url": SAFE["database_url"]},
        {"forwarded_allow_ips": "10.83.0.2, 10.84.0.0/24"},
        {"cors_allowed_origins": "https://app.example, https://admin.example:8443"},
    ],
)
def test_what_somebody_names_as_private_or_bounds_may_be_used(values: dict[str, object]) -> None:
    assert complaints(SAFE | values) == ()


@pytest.mark.parametrize(
    ("services", "redis"),
    [
        ("valkey", "redis://valkey.evil.example"),
        ("valkey:6379", "redis://valkey:6380"),
        ("example", "redis://cache.example"),
        ("*", "redis://cache.example"),
    ],
)
def test_a_service_is_private_by_its_whole_name(services: str, redis: str) -> None:
    assert complaints(SAFE | {"private_services": services, "redis_url": redis}) == (REDIS,)


@pytest.mark.parametrize(
    "make",
    [
        lambda: secrets.token_hex(16),
        lambda: secrets.token_urlsafe(32),
        lambda: b64encode(secrets.token_bytes(48)).decode(),
        lambda: "local" + secrets.token_urlsafe(32),
        lambda: secrets.token_urlsafe(16) + "default" + secrets.token_urlsafe(16) + "secret",
    ],
    ids=["hex", "url-safe", "base64", "begins with a word", "holds two words"],
)
def test_random_keys_are_taken_whatever_words_they_hold(make: Callable[[], str]) -> None:
    for _ in range(20):
        assert complaints(SAFE | {"secret_key": make()}) == ()


def test_the_example_of_the_settings_holds_no_secret_to_be_copied() -> None:
    secret = {name.upper() for name in SAFE if name.endswith(("key", "keys", "secret", "url"))} | {"VALKEY_PASSWORD"}
    given = dict(line.split("=", 1) for line in EXAMPLE.read_text().splitlines() if "=" in line and line[0] != "#")

    assert [name for name in given.keys() & secret if given[name]] == []


@pytest.mark.parametrize("code", ["rand", "zar", "ZRA", "R", "", "XXX"])
def test_a_currency_that_nobody_pays_in_is_refused(code: str) -> None:
    with pytest.raises(ValidationError, match=r"SELLER_CURRENCY must be the code of a currency in use \(ISO 4217\)"):
        Settings.model_validate(SAFE | {"seller_currency": code})


def test_the_business_sells_in_rand_unless_told_otherwise() -> None:
    assert build_business(Settings.model_validate(SAFE)).currency == "ZAR"
    assert build_business(Settings.model_validate(SAFE | {"seller_currency": "JPY"})).currency == "JPY"


def test_no_secret_shows_in_the_text_of_settings_or_of_their_refusal() -> None:
    text = repr(Settings.model_validate(SAFE))
    with pytest.raises(ValidationError) as refused:
        Settings.model_validate(SAFE | {"rate_limits": False, "database_url": "mysql://login:p9Hq2vXw7Zr4@db"})

    shown = text + str(refused.value)
    names = ("secret_key", "encryption_keys", "stripe_secret_key", "stripe_webhook_secret")
    assert [name for name in names if str(SAFE[name]) in shown] == []
    assert "p9Hq2vXw7Zr4" not in shown
