"""The client of the API, for programs in Python: `Client` to ask, `verify_webhook` to be told.

>>> from fourcorners.client import Client
>>> with Client("https://verify.example.org", "fck_test_...") as client:  # doctest: +SKIP
...     applicant = client.create_applicant(reference="customer-4711", email="anna@example.org")
...     print(client.hosted_link(applicant.id).url)
"""

from fourcorners.client.client import Client
from fourcorners.client.errors import ApiRefused, ApiUnreachable
from fourcorners.client.hits import Hit
from fourcorners.client.institutions import Institution
from fourcorners.client.shapes import (
    Applicant,
    Decision,
    Endpoint,
    Event,
    File,
    Item,
    Limits,
    Link,
    Reason,
    Verification,
)
from fourcorners.client.webhooks import WebhookEvent, verify_webhook
from fourcorners.kit.standard_webhooks import WebhookRefused

__all__ = [
    "ApiRefused",
    "ApiUnreachable",
    "Applicant",
    "Client",
    "Decision",
    "Endpoint",
    "Event",
    "File",
    "Hit",
    "Institution",
    "Item",
    "Limits",
    "Link",
    "Reason",
    "Verification",
    "WebhookEvent",
    "WebhookRefused",
    "verify_webhook",
]
