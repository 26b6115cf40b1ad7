"""Tables of texting. What a person wrote, and their number, are sealed; lookups use digests."""

from waypost.texting.models.consent import ConsentEntry, Suppression, Tally
from waypost.texting.models.crisis import CrisisCase, Signature, StaffAlert, Timer
from waypost.texting.models.messages import DeliveryEvent, HeardText, OutboxRow
from waypost.texting.models.people import ColleagueNote, Conversation, TextContact
from waypost.texting.models.series import Approval, Broadcast, CannedReply, Subscription
from waypost.texting.models.staff import BlindReading, FollowUp, RetentionRun, Shift

__all__ = [
    "Approval",
    "BlindReading",
    "Broadcast",
    "CannedReply",
    "ColleagueNote",
    "ConsentEntry",
    "Conversation",
    "CrisisCase",
    "DeliveryEvent",
    "FollowUp",
    "HeardText",
    "OutboxRow",
    "RetentionRun",
    "Shift",
    "Signature",
    "StaffAlert",
    "Subscription",
    "Suppression",
    "Tally",
    "TextContact",
    "Timer",
]
