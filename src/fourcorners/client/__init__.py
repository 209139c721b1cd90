"""The client of the API, for programs in Python: `Client` to ask, `verify_webhook` to be told."""

from fourcorners.client.webhooks import WebhookEvent, verify_webhook

__all__ = ["WebhookEvent", "verify_webhook"]
