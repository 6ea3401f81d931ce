"""Who may start on a database: the installation that it belongs to."""

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr

from capecontrol.core.rings.ring import RingName
from capecontrol.core.secret_keys.start import SecretsRefused
from capecontrol.main.settings import Settings
from tests.core.secret_keys.installation import Installation

OTHER = SecretStr("another-secret-key-" + "y" * 32)


def entry() -> SecretStr:
    return SecretStr(Fernet.generate_key().decode())


async def test_a_second_installation_on_the_database_is_refused(installation: Installation) -> None:
    await installation.process()
    with pytest.raises(SecretsRefused, match=r"^None of ENCRYPTION_KEYS has ever been used with this database: it bel"):
        await installation.process(encryption_keys=[entry()])


async def test_the_first_start_after_the_upgrade_is_not_anothers(
    installation: Installation, settings: Settings
) -> None:
    """A database of a release without fingerprints: what lies sealed tells whose it is."""
    factory = await installation.process()
    await installation.rows(
        "insert into n8n_environments (id, name, base_url, api_key_sealed, is_active, created_at, updated_at) "
        "values (gen_random_uuid(), 'n8n', 'https://n8n.test', :sealed, true, now(), now())",
        sealed=factory.keyring.seal("the n8n key"),
    )
    await installation.forget_fingerprints()
    with pytest.raises(SecretsRefused, match=r"^None of ENCRYPTION_KEYS can decrypt this database's data: "):
        await installation.process(encryption_keys=[entry()])
    await installation.process()


async def test_a_ring_that_shares_one_entry_may_start_and_its_others_are_known_from_then_on(
    installation: Installation, settings: Settings
) -> None:
    new = entry()
    await installation.process()
    await installation.process(encryption_keys=[new, *settings.encryption_keys])
    await installation.process(encryption_keys=[new])


async def test_an_entry_that_seals_a_key_must_not_be_missing(installation: Installation, settings: Settings) -> None:
    new = entry()
    await installation.process()
    await installation.process(encryption_keys=[new, *settings.encryption_keys])
    (tokens,) = await installation.rotate(RingName.TOKENS)
    with pytest.raises(SecretsRefused, match=f"^ENCRYPTION_KEYS lacks the entry that encrypts {tokens}: put it back"):
        await installation.process(encryption_keys=[new])


async def test_another_secret_key_is_refused_while_a_password_needs_the_first(installation: Installation) -> None:
    people = await installation.api()
    await people.owner()
    with pytest.raises(SecretsRefused, match=r"^SECRET_KEY is not the one that .*, and 1 password needs that one"):
        await installation.process(secret_key=OTHER)


async def test_another_secret_key_may_come_once_no_password_needs_the_first(installation: Installation) -> None:
    people = await installation.api()
    await installation.rotate(RingName.PEPPER)
    await people.owner()
    await installation.process(secret_key=OTHER)


async def test_nothing_that_the_database_keeps_of_the_environment_opens_anything(
    installation: Installation, settings: Settings
) -> None:
    await installation.process()
    await installation.rotate(*RingName)
    kept = str(await installation.rows("select * from key_fingerprints")) + str(
        await installation.rows("select * from secret_keys")
    )
    secrets = [settings.secret_key, *settings.encryption_keys]
    assert [secret for secret in secrets if secret.get_secret_value() in kept] == []
    assert len(await installation.rows("select * from key_fingerprints")) == 2
