"""Tables of texting. What a person wrote, and their number, are sealed; lookups use digests."""

from waypost.texting.models.consent import ConsentEntry, Suppression, Tally
from waypost.texting.models.crisis import Alert, CrisisCase, Signature, Timer
from waypost.texting.models.messages import DeliveryEvent, HeardText, OutboxRow
from waypost.texting.models.people import Contact, Conversation, Note
from waypost.texting.models.series import Approval, Broadcast, CannedReply, Subscription
from waypost.texting.models.staff import BlindReading, FollowUp, RetentionRun, Shift

__all__ = [
    "Alert",
    "Approval",
    "BlindReading",
    "Broadcast",
    "CannedReply",
    "ConsentEntry",
    "Contact",
    "Conversation",
    "CrisisCase",
    "DeliveryEvent",
    "FollowUp",
    "HeardText",
    "Note",
    "OutboxRow",
    "RetentionRun",
    "Shift",
    "Signature",
    "Subscription",
    "Suppression",
    "Tally",
    "Timer",
]
