"""Mid-year monitoring: is spending slow, does the goal run away from the money, and which light is that?

Thresholds come from a region's rule; none is assumed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from jixiao.catalogue.alarms import AlarmRule, Light
from jixiao.evaluation.row import percentage


@dataclass(frozen=True, slots=True)
class Signal:
    """A light with its arithmetic, and the warnings raised. No light while a rate is not reported."""

    light: str | None
    working: str
    warnings: tuple[str, ...] = ()


def watch(
    rule: AlarmRule, on: date, completion: Fraction | None, spending: Fraction | None, possible: bool = True
) -> Signal:
    """Compare goal completion with budget execution on a day.

    (1) The spending floor in force is that of the last threshold month whose end has been reached. (2)
    The light is the one of the greatest bound that the deviation exceeds. (3) A goal that cannot be
    reached any more shows its own light, whatever the numbers.
    """
    warnings = _slow(rule, on, spending)
    if not possible:
        return Signal(rule.impossible, "目标已不可能完成", warnings)  # (3)
    if completion is None or spending is None:
        silent = [
            name for name, rate in (("目标完成率", completion), ("预算执行率", spending)) if rate is None
        ]
        return Signal(None, f"{'、'.join(silent)}未填报，不作判断", warnings)
    deviation = abs(completion - spending)
    working = f"目标完成率{percentage(completion)}，预算执行率{percentage(spending)}，"
    points = percentage(deviation).removesuffix("%")
    return Signal(_light(rule, deviation).name, f"{working}相差{points}个百分点", warnings)


def _slow(rule: AlarmRule, on: date, spending: Fraction | None) -> tuple[str, ...]:
    reached = [
        floor for floor in rule.spending if floor.month < on.month or _ends_month(on, floor.month)
    ]  # (1)
    if spending is None or not reached:
        return ()
    floor = max(reached, key=lambda floor: floor.month)
    if spending >= floor.at_least:
        return ()
    return (
        f"截至{floor.month}月底预算执行率应不低于{percentage(Fraction(floor.at_least))}，现为{percentage(spending)}",
    )


def _ends_month(on: date, month: int) -> bool:
    return on.month == month and date.fromordinal(on.toordinal() + 1).month != month


def _light(rule: AlarmRule, deviation: Fraction) -> Light:
    bounded = [light for light in rule.lights if light.above is not None and deviation > light.above]  # (2)
    rest = next(light for light in rule.lights if light.above is None)
    return max(bounded, key=lambda light: light.above or 0, default=rest)
