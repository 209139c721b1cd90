"""Webhooks: events written with the change that they tell of, signed, and delivered to those who want to know."""

from fourcorners.infra.webhooks.events import DELIVER, kinds, subject_of, tell
from fourcorners.infra.webhooks.models import Delivery, DeliveryTry, Endpoint, Event

__all__ = ["DELIVER", "Delivery", "DeliveryTry", "Endpoint", "Event", "kinds", "subject_of", "tell"]
