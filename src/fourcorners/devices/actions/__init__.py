"""Writes: one function for each thing that somebody does with a device or a request."""

from fourcorners.devices.actions.answering import allow, cancel, deny
from fourcorners.devices.actions.arriving import Arrived, arrive, ask_device
from fourcorners.devices.actions.authenticator import begin_authenticator, confirm_authenticator, drop_authenticator
from fourcorners.devices.actions.binding import begin_number, confirm_number, drop_number
from fourcorners.devices.actions.by_hand import (
    Photo,
    ask_person,
    decide_device,
    hand_in_photos,
    object_to_device,
)
from fourcorners.devices.actions.face import Faced, begin_face, end_face, go_without_camera
from fourcorners.devices.actions.keeping import (
    clear_trust,
    note_told,
    remove_device,
    remove_other_devices,
    rename_device,
)
from fourcorners.devices.actions.knocking import Offers
from fourcorners.devices.actions.showing import answer_link, send_link, type_code
from fourcorners.devices.actions.signing import check_signed, renew_binding
from fourcorners.devices.actions.telephone import Script, place_call, press_key, send_text, type_text

__all__ = [
    "Arrived",
    "Faced",
    "Offers",
    "Photo",
    "Script",
    "allow",
    "answer_link",
    "arrive",
    "ask_device",
    "ask_person",
    "begin_authenticator",
    "begin_face",
    "begin_number",
    "cancel",
    "check_signed",
    "clear_trust",
    "confirm_authenticator",
    "confirm_number",
    "decide_device",
    "deny",
    "drop_authenticator",
    "drop_number",
    "end_face",
    "go_without_camera",
    "hand_in_photos",
    "note_told",
    "object_to_device",
    "place_call",
    "press_key",
    "remove_device",
    "remove_other_devices",
    "rename_device",
    "renew_binding",
    "send_link",
    "send_text",
    "type_code",
    "type_text",
]
