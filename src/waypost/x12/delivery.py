"""How much of a service, how often, over what time (HSD), and from which visit to which.

HSD is a sentence in pieces: "12 visits, 3 a week, for 1 month" is `HSD*VS*12*WK*3*34*1`. With the
periods 31 ("not exceeded") and 30 ("exceeded") it sets thresholds: `HSD***VS**31*10` is "up to 10
visits", and together with `HSD***VS**30*10` on another line that one begins with visit 11. X12's
answer to request for interpretation 719 shows it (https://x12.org/resources/rfi).
"""

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from waypost.x12.benefit import Benefit
from waypost.x12.fields import is_no_limit_count, read_quantity
from waypost.x12.parts import Delivery

BEYOND, UP_TO = "30", "31"


class Allowance(msgspec.Struct, frozen=True):
    """One or two HSD segments as one thing to say.

    `quantity` of `quantity_code`; `each` of the `unit` (a day DA, week WK, month MO, year YR);
    over `periods` of `period`. `above` and `up_to` are thresholds in `unit`. `unread` is a
    quantity that is no plain number, as sent; `pattern` and `time` are the days and hours.
    """

    quantity_code: str = ""
    quantity: Decimal | None = None
    unread: str = ""
    each: str = ""
    unit: str = ""
    period: str = ""
    periods: str = ""
    above: Decimal | None = None
    up_to: Decimal | None = None
    pattern: str = ""
    time: str = ""

    @property
    def no_limit(self) -> bool:
        """Whether nines stand where a limit would be."""
        return self.quantity is not None and is_no_limit_count(self.quantity)


def allowances(deliveries: Sequence[Delivery]) -> tuple[Allowance, ...]:
    """What HSD segments say; both thresholds of a tier are one."""
    joined: list[Allowance] = []
    for delivery in deliveries:
        allowance = _allowance(delivery)
        last = joined[-1] if joined else None
        if (
            last is not None
            and _is_tier(allowance)
            and _is_tier(last)
            and allowance.unit == last.unit
        ):
            joined[-1] = msgspec.structs.replace(
                last,
                above=last.above if allowance.above is None else allowance.above,
                up_to=last.up_to if allowance.up_to is None else allowance.up_to,
            )
        else:
            joined.append(allowance)
    return tuple(joined)


def begins_above(benefit: Benefit) -> Decimal:
    """The threshold above which a line holds, by HSD or by EB06 and EB10: tiers stand so."""
    above = [
        allowance.above
        for allowance in allowances(benefit.deliveries)
        if allowance.above is not None
    ]
    if benefit.period == BEYOND and benefit.quantity is not None:
        above.append(benefit.quantity)
    return max(above, default=Decimal(0))


def _allowance(delivery: Delivery) -> Allowance:
    threshold = read_quantity(delivery.periods)
    is_threshold = delivery.period in (BEYOND, UP_TO) and threshold is not None
    unread = delivery.sent_quantity if delivery.quantity is None else ""
    return Allowance(
        quantity_code=delivery.quantity_code,
        quantity=delivery.quantity,
        unread=unread,
        each=delivery.per,
        unit=delivery.unit,
        period="" if is_threshold else delivery.period,
        periods="" if is_threshold else delivery.periods,
        above=threshold if is_threshold and delivery.period == BEYOND else None,
        up_to=threshold if is_threshold and delivery.period == UP_TO else None,
        pattern=delivery.pattern,
        time=delivery.time,
    )


def _is_tier(allowance: Allowance) -> bool:
    """Whether it says thresholds and nothing else."""
    return (
        (allowance.above, allowance.up_to) != (None, None)
        and allowance.quantity is None
        and not allowance.each
    )
