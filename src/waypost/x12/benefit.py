"""One benefit of a 271: an EB segment and what hangs on it (loop 2110C or 2110D)."""

from decimal import Decimal

import msgspec

from waypost.x12.parts import Dated, Delivery, Reference, Setting, X12Organization


class Benefit(msgspec.Struct, frozen=True):
    """What the payer says about one benefit: the codes as sent, and the numbers as read.

    `elements` are EB's elements as sent, EB01 at 1, with codes in capitals. `cents` and
    `basis_points` are the patient's share, as the guide says; `None` is "not said" or "not
    readable" (then `sent_amount` or `sent_percent` holds the text). A code that was not sent is "".
    """

    loop: str
    elements: tuple[str, ...]
    service_types: tuple[str, ...] = ()
    procedure: tuple[str, ...] = ()
    cents: int | None = None
    basis_points: int | None = None
    quantity: Decimal | None = None
    messages: tuple[str, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    settings: tuple[Setting, ...] = ()
    references: tuple[Reference, ...] = ()
    dates: tuple[Dated, ...] = ()
    entities: tuple[X12Organization, ...] = ()

    def __repr__(self) -> str:
        return f"Benefit(code={self.code!r}, service_types={self.service_types!r}, redacted)"

    @property
    def code(self) -> str:
        """EB01, the kind of benefit: 1 active, A coinsurance, B copayment, C deductible."""
        return self.elements[1]

    @property
    def coverage_level(self) -> str:
        """EB02, whom it counts for: IND one person, FAM the family."""
        return self.elements[2]

    @property
    def insurance_type(self) -> str:
        """EB04, the kind of insurance: HM, PR, MA, MB, MC."""
        return self.elements[4]

    @property
    def plan_name(self) -> str:
        """EB05, the plan in the payer's words."""
        return self.elements[5]

    @property
    def period(self) -> str:
        """EB06, the time it counts over: 23 calendar year, 29 what is left, 27 a visit."""
        return self.elements[6]

    @property
    def sent_amount(self) -> str:
        """EB07 as sent."""
        return self.elements[7]

    @property
    def sent_percent(self) -> str:
        """EB08 as sent."""
        return self.elements[8]

    @property
    def quantity_code(self) -> str:
        """EB09, what is counted: DY days, VS visits."""
        return self.elements[9]

    @property
    def sent_quantity(self) -> str:
        """EB10 as sent."""
        return self.elements[10]

    @property
    def authorization(self) -> str:
        """EB11, whether it must be authorized first: Y, N, U unknown, "" not said."""
        return self.elements[11]

    @property
    def network(self) -> str:
        """EB12: Y in network, N out, W both or not applicable, U unknown, "" not said."""
        return self.elements[12]
