"""Who has to do with a record besides who enters it: to whom something is owed, to which org it is handed, whose it is."""

from __future__ import annotations

from pydantic import Field, model_validator

from jixiao.catalogue import conditions
from jixiao.catalogue.conditions import ConditionField
from jixiao.catalogue.definition import Definition, Id, Reference, Words


class BesideSpec(Definition):
    """The records of `kind` under the same parent that meet `when`; their field `names` says who. Whom this record's own
    field `but` names is left out.
    """

    kind: Reference
    names: Id
    when: ConditionField = conditions.Always()
    but: Id | None = None


class OwedSpec(Definition):
    """What each of several people or units must be given: one child record of `child` naming them in `names`.

    `to` are fields and link roles of this kind that say to whom; `through` are link roles in which other
    records of this kind point here (a merged case), whose own people are owed as well; `beside` are others under the same
    parent.
    """

    title: Words
    child: Reference
    names: Id
    to: tuple[Id, ...] = ()
    through: tuple[Id, ...] = ()
    beside: BesideSpec | None = None

    @model_validator(mode="after")
    def _to_someone(self) -> OwedSpec:
        if not self.to and self.beside is None:
            raise ValueError("应以 to（字段或关联）或 beside（同一事项下的记录）写明给谁")
        return self


class HandSpec(Definition):
    """The org named in the field acts on the record, in these `roles` of its own people, as long as the case stands in a
    state of `during` (none told: until it is passed on, withdrawn or not done); afterwards it may still read it.

    Reading goes as far as the role reads, over the whole family of the record. Where `leads` holds, a condition over the
    record's own columns, the org takes steps on the case above as well.
    """

    roles: tuple[Reference, ...] = Field(min_length=1)
    during: tuple[Id, ...] = ()
    leads: ConditionField | None = None


class OwnSpec(Definition):
    """Whose a record is: the subjects of a register (a member, a party organisation) for whom a role may speak.

    `by` says how the record names them: a field, a link role, `id` where it is the subject itself, `parent` where it is
    whose the case above is. Who speaks for one reads these records and what stands below them, as far as the role
    reads; `shown` are the states in which a record is shown to them at all. They correct it in a state of `open` (none
    told: until it is over), of the case above where the kind has no states. `fills` are the fields that are their own
    word: they write no others, and who enters one for them does so from paper (none told: they write all).
    """

    by: tuple[Id, ...] = ()
    shown: tuple[Id, ...] = ()
    open: tuple[Id, ...] = ()
    fills: tuple[Id, ...] = ()
