"""Reports about listings: what a visitor said is wrong, and what became of it."""

from django.db import models

from waypost.values.privacy import Whose


class ListingReport(models.Model):
    """A report about a site, which it names by stable id, not by foreign key.

    ``waiting`` is what its newest status says, kept beside it: it ends with the first decision.
    """

    site_id = models.CharField(max_length=40, db_index=True)
    kind = models.CharField(max_length=20)
    text = models.CharField(max_length=2000, blank=True)
    made_at = models.DateTimeField(db_index=True)
    waiting = models.BooleanField(default=True)

    whose = {  # noqa: RUF012 - not one of Django's attributes, and nobody changes it
        "site_id": Whose.PUBLIC,
        "kind": Whose.STAFF,
        "text": Whose.PERSON,  # a visitor may write about themselves in it
        "made_at": Whose.STAFF,
        "waiting": Whose.STAFF,
    }

    class Meta:
        """The queue asks for the waiting ones alone, in one of three orders."""

        indexes = (
            *(
                models.Index(
                    fields=(*fields, "id"),
                    condition=models.Q(waiting=True),
                    name=f"waiting_by_{name}",
                )
                for name, fields in (
                    ("number", ()),
                    ("age", ("made_at",)),
                    ("listing", ("site_id", "made_at")),
                    ("kind", ("kind", "made_at")),
                )
            ),
        )

    def __str__(self) -> str:
        return f"report {self.pk} on {self.site_id}: {self.kind}"


class ReportStatus(models.Model):
    """A step in a report's life; each is a new row, and the newest counts."""

    report = models.ForeignKey(ListingReport, on_delete=models.CASCADE, related_name="statuses")
    status = models.CharField(max_length=20)
    value = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    whose = dict.fromkeys(("report", "status", "reason", "by", "at"), Whose.STAFF) | {
        "value": Whose.PUBLIC,  # what is shown once a report is accepted
    }

    class Meta:
        """Newest last."""

        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.status} by {self.by}"


class NumberAnswers(models.Model):
    """How many callers of a day said that a listing's number worked, and how many that it did not.

    Nothing says who called. The day is that of the middle of the country (`USUAL_ZONE`).
    """

    site_id = models.CharField(max_length=40)
    day = models.DateField(db_index=True)
    worked = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)

    whose = dict.fromkeys(("site_id", "day", "worked", "failed"), Whose.PUBLIC)

    class Meta:
        """One row for a listing and a day."""

        constraints = (
            models.UniqueConstraint(fields=("site_id", "day"), name="one_row_a_listing_and_day"),
        )

    def __str__(self) -> str:
        return f"{self.site_id} on {self.day}: {self.worked} yes, {self.failed} no"


class NumberCheck(models.Model):
    """A person of ours called a listing's number: what callers said before then is settled."""

    site_id = models.CharField(max_length=40, db_index=True)
    works = models.BooleanField()
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    whose = dict.fromkeys(("site_id", "works", "at"), Whose.PUBLIC) | {"by": Whose.STAFF}

    def __str__(self) -> str:
        return f"{self.site_id}: {'works' if self.works else 'does not work'}"


class ProgramClaim(models.Model):
    """What a program says of one field of its listing, from a time on; ended, never changed.

    ``method`` is whose word it is, by role; ``organization`` is the id of whoever speaks; ``zone``
    is the program's, by whose clock the word has its day.
    """

    site_id = models.CharField(max_length=40)
    field = models.CharField(max_length=20)
    value = models.JSONField()
    method = models.CharField(max_length=60)
    organization = models.CharField(max_length=40, blank=True)
    by = models.CharField(max_length=120)
    said_at = models.DateTimeField()
    zone = models.CharField(max_length=40, default="UTC")
    until = models.DateField()
    ended_at = models.DateTimeField(null=True)

    whose = dict.fromkeys(("organization", "by", "ended_at"), Whose.STAFF) | dict.fromkeys(
        ("site_id", "field", "value", "method", "said_at", "zone", "until"), Whose.PUBLIC
    )

    class Meta:
        """Newest last; a field of a site has one word at a time."""

        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("site_id", "field"),
                condition=models.Q(ended_at=None),
                name="one_word_at_a_time",
            ),
        )
        indexes = (models.Index(fields=("ended_at", "until"), name="claims_that_hold"),)

    def __str__(self) -> str:
        return f"claim {self.pk} on {self.site_id}: {self.field}"


class ClosingWord(models.Model):
    """Somebody of a program says that it closed for good; it counts once a second person says so.

    ``organization`` is the id of whoever speaks; ``outcome`` is '' while it waits.
    """

    site_id = models.CharField(max_length=40)
    closed_on = models.DateField()
    method = models.CharField(max_length=60)
    organization = models.CharField(max_length=40)
    asked_by = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    ended_at = models.DateTimeField(null=True)

    whose = dict.fromkeys(
        ("organization", "asked_by", "asked_at", "outcome", "decided_by", "ended_at"), Whose.STAFF
    ) | dict.fromkeys(("site_id", "closed_on", "method"), Whose.PUBLIC)

    class Meta:
        """Oldest first; one waits for a listing at a time."""

        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("site_id",),
                condition=models.Q(ended_at=None),
                name="one_closing_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"closing {self.pk} of {self.site_id}"


class WordReminder(models.Model):
    """A link that says of one word that it is still right, once; its token is a digest."""

    claim = models.ForeignKey(ProgramClaim, on_delete=models.CASCADE)
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    whose = dict.fromkeys(("claim", "token_digest", "made_at", "used_at"), Whose.STAFF)

    class Meta:
        """A word is asked about once."""

        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("claim",), name="one_reminder_a_word"),)

    def __str__(self) -> str:
        return f"reminder {self.pk} of claim {self.claim_id}"
