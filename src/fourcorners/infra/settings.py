"""What the operator sets: environment variables that begin with `FOURCORNERS_`, or a file `.env` beside the process."""

from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

__all__ = ["Settings"]


class Settings(BaseSettings):
    """Every setting with its default: one machine, SQLite, local files, no mail sent. `docs/reference/settings.md`."""

    model_config = SettingsConfigDict(env_prefix="FOURCORNERS_", env_file=".env", extra="ignore", frozen=True)

    data_dir: Path = Field(
        default=Path("data"), description="Folder of the SQLite database, the files and the generated keys."
    )
    database_url: str = Field(
        default="", description="SQLAlchemy address of the database; empty: SQLite in the data folder."
    )
    blob_url: str = Field(
        default="", description="Where sealed files go: `file:///...` or `s3://bucket/prefix`; empty: the data folder."
    )
    s3_endpoint: str = Field(
        default="", description="Address of an S3-like store that is not Amazon's; empty: Amazon's own."
    )
    master_key: SecretStr = Field(
        default=SecretStr(""),
        description="Base64 of 32 bytes that wrap each person's key; empty: made once in the data folder.",
    )
    old_master_keys: SecretStr = Field(
        default=SecretStr(""), description="Earlier master keys, separated by commas: still open what they wrapped."
    )
    public_url: str = Field(default="http://127.0.0.1:8000", description="Address under which people reach the pages.")
    scanner_url: str = Field(
        default="",
        description="Virus scanner that sees every file first: `clamd://host:3310`, `clamd:///path`; empty: none does.",
    )
    smtp_url: SecretStr = Field(
        default=SecretStr(""),
        description="`smtp://user:password@host:port` (or `smtps:`); empty: mails are kept, not sent.",
    )
    mail_from: str = Field(default="Fourcorners <no-reply@localhost>", description="Sender of mails.")
    phone_url: str = Field(
        default="", description="Where calls and texts are ordered (JSON by POST); empty: they are kept, not placed."
    )
    phone_token: SecretStr = Field(default=SecretStr(""), description="Bearer token for `phone_url`.")
    metrics_token: SecretStr = Field(
        default=SecretStr(""), description="Bearer token for `/metrics`; empty: there are none to be had."
    )
    webhooks_plain_http: bool = Field(
        default=False, description="Let webhooks go to `http:` addresses too; for trying things out on one machine."
    )
    webhooks_private_addresses: bool = Field(
        default=False, description="Let webhooks go to private networks and to this machine itself."
    )
    verifier_name: str = Field(
        default="Fourcorners", description="Name of your organisation, as exports say who verified somebody."
    )
    trust_framework: str = Field(
        default="fourcorners",
        description="Rules under which you verify, as OpenID's exports name them: `eidas`, `de_aml`, your own name.",
    )
    executor: str = Field(
        default="local",
        description="Name of this process among those that share the work; stays the same over restarts.",
    )
    checks_at_once: int = Field(
        default=1, ge=1, le=64, description="How many verifications one worker checks at a time."
    )
    places_file: str = Field(
        default="",
        description="CSV of where networks are (`network,name,latitude,longitude`); empty: places are not known.",
    )
    mode: Literal["demo", "live"] = Field(
        default="live", description="`demo`: shows mails on a page and fills in demonstration accounts."
    )

    @cached_property
    def database(self) -> str:
        """The database address in force."""
        return self.database_url or f"sqlite:///{self.data_dir.absolute() / 'fourcorners.db'}"

    @cached_property
    def blobs(self) -> str:
        """The address of the file store in force."""
        return self.blob_url or (self.data_dir.absolute() / "blobs").as_uri()
