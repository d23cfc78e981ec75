"""Monitoring rules as pack data: when slow spending warns, and which light a deviation shows.

No national standard exists: thresholds belong to a region and a year.
"""

from __future__ import annotations

from pydantic import Field, model_validator

from jixiao.catalogue.definition import Definition, Named, Words
from jixiao.catalogue.exact import Exact


class SpendingFloor(Definition):
    """By the end of `month` at least this much of the budget should be spent."""

    month: int = Field(ge=1, le=12)
    at_least: Exact = Field(ge=0)


class Light(Definition):
    """A deviation of more than `above` shows this light; the first one that fits, greatest first."""

    above: Exact | None = Field(None, ge=0)
    name: Words


class AlarmRule(Named):
    """`spending` by month; `lights` by |completion − spending|, in ratio (10pp is 0.1); one light has no
    bound.
    """

    spending: tuple[SpendingFloor, ...] = ()
    lights: tuple[Light, ...] = Field(min_length=1)
    impossible: Words = Field("红", description="the light of a goal that cannot be reached any more")

    @model_validator(mode="after")
    def _one_rest(self) -> AlarmRule:
        if sum(light.above is None for light in self.lights) != 1:
            raise ValueError("应有且只有一个不写 above 的灯，作为偏差不大时的灯")
        bounds = [light.above for light in self.lights if light.above is not None]
        if len(set(bounds)) != len(bounds):
            raise ValueError("各灯的 above 有重复")
        return self
