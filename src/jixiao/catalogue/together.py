"""Steps that hang together with records below a case: what must have come since, what moves the case along."""

from __future__ import annotations

from jixiao.catalogue import conditions
from jixiao.catalogue.conditions import ConditionField
from jixiao.catalogue.definition import Definition, Id, Reference, Words


class AnewSpec(Definition):
    """Once the step `after` was taken, a child of kind `child` must have come to the state `reached` since then; what was there
    before does not do. With `beside` the children of the record above are meant.
    """

    after: Id
    child: Reference
    reached: Id
    beside: bool = False
    because: Words


class FollowSpec(Definition):
    """The step is taken with the step `step` of a child of kind `child` that meets `when`, as far as the case stands where it
    begins; never by itself. Taking the child's step back takes it back.
    """

    child: Reference
    step: Id
    when: ConditionField = conditions.Always()
