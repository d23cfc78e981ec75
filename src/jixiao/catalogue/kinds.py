"""Kinds: what a record may be. Fields, children, links, states, steps and deadlines, as data.

`hands_to` names the org fields that hand a record to another org: its people act on it in the roles told there.
`belongs_to` names the org field that says whose a record below such a case is; others on the case may read it only.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator

from jixiao.catalogue import conditions
from jixiao.catalogue.conditions import ConditionField
from jixiao.catalogue.definition import Definition, Id, Named, Reference, Source, Words
from jixiao.catalogue.exact import Exact
from jixiao.catalogue.parties import HandSpec, OwedSpec, OwnSpec
from jixiao.catalogue.together import AnewSpec, FollowSpec


class Shape(StrEnum):
    CASE = "case"
    ACTIVITY = "activity"
    DOCUMENT = "document"
    MONEY = "money"
    SNAPSHOT = "snapshot"
    REGISTER = "register"


class About(StrEnum):
    OFFICE = "office"
    ORGANISATION = "organisation"
    PLACE = "place"
    PERSON = "person"


class FieldType(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    INTEGER = "integer"
    DECIMAL = "decimal"  # `places` decimals; the projection keeps value × 10^places
    MONEY = "money"  # entered in 元 or 万元; the projection keeps 分
    CODE = "code"
    ORG = "org"
    REF = "ref"  # one record of kind `to`
    BOOLEAN = "boolean"
    STATED = "stated"  # a whole number with a qualifier: 300余
    SERIAL = "serial"  # a number that stands for nobody outside the office
    FORM = "form"  # the entries of an official form; never in the projection


class NeutralState(StrEnum):
    """Local state names differ; these types let them aggregate."""

    OPEN = "open"
    WAITING = "waiting"
    ANSWERED = "answered"
    DONE = "done"
    NOT_DONE = "not_done"
    PASSED_ON = "passed_on"
    WITHDRAWN = "withdrawn"


class CopiedRows(Definition):
    """The rows of a form's list come from the form `form_field` of the record that the field `record` points to; their
    `columns` cannot be changed here.
    """

    record: Id
    form_field: Id
    list: Id
    columns: tuple[Id, ...] = Field(min_length=1)


class CopiedCells(Definition):
    """Cells of a form that begin with what stands in cells of the form `form_field` of the record that the field `record`
    points to: {own cell: theirs}. What somebody writes goes before it.
    """

    record: Id
    form_field: Id
    cells: Mapping[Words, Words] = Field(min_length=1)


class AddedCells(Definition):
    """A number that is the sum of cells of a form of the same record."""

    form: Id
    cells: tuple[Words, ...] = Field(min_length=1)


class ExplainedCells(Definition):
    """Points of a form of the same record that somebody must explain in this field where the score falls short of them."""

    form: Id
    points: Words
    score: Words


class GradeBand(Definition):
    """From `at_least` on the grade is the code `code`."""

    at_least: Exact
    code: Id


class GradeOf(Definition):
    """A grade that follows from the number in the field `of`; bands are half-open."""

    of: Id
    bands: tuple[GradeBand, ...] = Field(min_length=1)


class FieldSpec(Definition):
    type: FieldType
    title: Words
    required: bool = False
    hint: str = ""
    codes: Reference | None = None
    to: Reference | None = None
    nature: Reference | None = None
    places: int = Field(0, ge=0, le=6)
    unit: str = ""
    unique: bool = False  # within one org and kind
    may_be_negative: bool = False  # of money alone; else an amount below zero is refused
    within: tuple[Exact, Exact] | None = (
        None  # of numbers: nothing below the first or above the second is taken
    )
    form: Reference | None = None
    copies: tuple[CopiedRows, ...] = ()
    begins_with: tuple[CopiedCells, ...] = ()
    adds: AddedCells | None = None  # worked out from a form when a step `computes` it, never typed
    graded: GradeOf | None = None
    explains: ExplainedCells | None = None  # asked for when a step asks its form to be sound

    @property
    def is_computed(self) -> bool:
        """Whether the program works it out: it has no box of its own."""
        return self.adds is not None or self.graded is not None

    @property
    def is_projected(self) -> bool:
        """Whether indicators may see it: prose and forms stay with the record."""
        return self.type not in (FieldType.LONG_TEXT, FieldType.FORM)

    @model_validator(mode="after")
    def _complete(self) -> FieldSpec:
        if (self.type is FieldType.FORM) != bool(self.form):
            raise ValueError("报表字段写 type: form，并以 form 指明是哪张表；其他字段不写 form")
        if self.adds and self.type not in (FieldType.DECIMAL, FieldType.INTEGER):
            raise ValueError("adds（由表相加）只有数字字段才写")
        if self.graded and self.type is not FieldType.CODE:
            raise ValueError("graded（按得分定等级）只有代码字段才写")
        if (self.copies or self.begins_with) and self.type is not FieldType.FORM:
            raise ValueError("copies、begins_with 只有报表字段才写")
        if self.type is FieldType.CODE and not self.codes:
            raise ValueError("代码字段应以 codes 指明代码表")
        if self.type is FieldType.REF and not self.to:
            raise ValueError("引用字段应以 to 指明事项类型")
        if self.type is FieldType.MONEY and not self.nature:
            raise ValueError("金额字段没有性质；应以 nature 写明资金性质，性质不同的金额不能相加")
        if self.within and self.type not in (FieldType.DECIMAL, FieldType.INTEGER):
            raise ValueError("within（最小、最大）只有数字字段才写")
        if self.may_be_negative and self.type is not FieldType.MONEY:
            raise ValueError("may_be_negative 只有金额字段才写；请删去，或把类型改为 money")
        return self


class StateSpec(Definition):
    """`freezes` are the fields that cannot be changed while the case stands here, "*" for all of them.

    In a state that `rests` a case may stay as long as it likes: nobody is waited for, though steps lead on.
    """

    title: Words
    type: NeutralState = NeutralState.OPEN
    freezes: tuple[Words, ...] = ()
    rests: bool = False


class OnceSpec(Definition):
    """Only one record of the org may have taken the step with the same values in the fields `same`.

    `where` narrows it to records with these values. `mend` says the way out.
    """

    same: tuple[Id, ...] = Field(min_length=1)
    where: Mapping[Id, str] = {}
    mend: Words


class StepSpec(Definition):
    """One act on a case. `needs` must be filled and `takes` may be filled when the step is taken.

    `not_by` names steps of the same case whose taker may not take this one; `or_signed`, once filled, stands in
    for a second person: the name signed on a sheet that is attached. `settles` names what the kind `owes`:
    nobody may be left out when this step is taken.
    """

    title: Words
    from_: tuple[Id, ...] = Field(alias="from", min_length=1)
    to: Id | None = None  # None: the state stays
    roles: tuple[Reference, ...] = Field(min_length=1)
    needs: tuple[Id, ...] = ()
    takes: tuple[Id, ...] = ()
    when: ConditionField = conditions.Always()
    because: str = ""  # said when `when` does not hold
    note: Literal["none", "optional", "required"] = "optional"
    counts: Id | None = None  # an integer field that goes up by one each time
    dated: Id | None = None  # a date field that takes the day of the step
    keeps: Mapping[Id, Id] = {}  # a date field: the state whose first day it keeps when the step leads back
    not_by: tuple[Id, ...] = ()
    or_signed: Id | None = None
    with_evidence: bool = False  # at least one paper must be attached
    settles: tuple[Id, ...] = ()
    anew: AnewSpec | None = None
    follows: FollowSpec | None = None
    computes: tuple[Id, ...] = ()  # fields worked out from the record's own forms when the step is taken
    sound: tuple[Id, ...] = ()  # forms in which nothing may be broken when the step is taken
    once: tuple[OnceSpec, ...] = ()
    own: bool = (
        False  # for whom the record names (`Kind.own`) to take; others enter it for them, and it says so
    )
    switch: Mapping[Reference, Id] = {}  # the step is there only where these switches stand so

    @model_validator(mode="after")
    def _signed_for_someone(self) -> StepSpec:
        if self.or_signed and not self.not_by:
            raise ValueError("or_signed 只与 not_by 一起写：由谁签字可以代替另一人办理")
        if self.follows and (self.needs or self.takes or self.note == "required"):
            raise ValueError("随下级记录一起办的步骤没有自己的表：不写 needs、takes，note 不写 required")
        return self

    @property
    def guard(self) -> conditions.Condition:
        return self.when  # type: ignore[return-value]


class LinkSpec(Definition):
    """A role in which records of this kind point to records of another. A link never changes a state."""

    title: Words
    to: Reference
    back: str = ""  # how the link is called at the other end
    many: bool = True


class Span(Definition):
    """A length of time; exactly one unit."""

    days: int | None = None
    workdays: int | None = None
    months: int | None = None

    @model_validator(mode="after")
    def _one(self) -> Span:
        if sum(part is not None for part in (self.days, self.workdays, self.months)) != 1:
            raise ValueError("期限应写 days（天）、workdays（工作日）、months（月）之一")
        return self


class DeadlineSpec(Definition):
    """`starts` and `met_by` name a state or a date field; the due day is the column `<id>_due_on`.

    `first_met` is a date field that keeps the day it was met first, where a case was taken up again since.
    """

    title: Words
    starts: Id
    met_by: Id
    first_met: Id | None = None
    period: Span
    extended_by: Id | None = None  # an integer field: further units of the same sort
    stops: tuple[Id, ...] = ()  # states in which the clock stands
    rolls: bool = True  # a due day on a holiday moves to the next workday
    remind: int | None = Field(None, ge=0, le=366)  # days before the due day; None: as the office has set
    source: tuple[Source, ...] = Field(min_length=1)


class ListSpec(Definition):
    """A number and the list it counts: names divided by 、 or ；."""

    number: Id
    names: Id


class ApartSpec(Definition):
    """Two days of a record that lie at least so far apart: a notice and the meeting it is for."""

    from_: Id = Field(alias="from")
    to: Id
    at_least: Span


class CheckSpec(Definition):
    """A piece of advice about one record; it never stands in the way. Exactly one of `rising`, `must`, `lists`,
    `apart`.

    `rising` names columns (`parent.` before those of the parent) that may not decrease in this order; one that is
    empty is passed over. `mend` says what to do.
    """

    title: Words
    when: ConditionField = conditions.Always()
    rising: tuple[str, ...] = ()
    must: ConditionField | None = None
    lists: ListSpec | None = None
    apart: ApartSpec | None = None
    mend: Words

    @model_validator(mode="after")
    def _one_form(self) -> CheckSpec:
        forms = (self.rising or None, self.must, self.lists, self.apart)
        if sum(form is not None for form in forms) != 1:
            raise ValueError("rising、must、lists、apart 应写且只写一个")
        if len(self.rising) == 1:
            raise ValueError("rising 应至少写两列，如 [issued_on, returned_on]")
        return self


class NumberSpec(Definition):
    """Gap-free numbers per org, kind and year, given when the state `at` is entered."""

    field: Id
    at: Id
    pattern: str = "{year}-{sequence:03d}"


class OutcomeSpec(Definition):
    """What came of a case: the code `field` of its children of kind `child`."""

    child: Reference
    field: Id


class SimilarSpec(Definition):
    """How like cases are found: by name and `texts`; `same` are fields whose equality is worth telling.

    `link` is the role in which two are joined once a person has found them alike; while a case stands in a state of `during`
    its like are shown beside it without being asked for.
    """

    link: Id | None = None
    texts: tuple[Id, ...] = ()
    same: tuple[Id, ...] = ()
    outcome: OutcomeSpec | None = None
    during: tuple[Id, ...] = ()


class Kind(Named):
    """What a record may be. Its projection's columns are given by `columns.columns_of`."""

    shape: Shape
    about: About
    unit: Words
    date: Id | None = None  # the date field on which the thing happened; later than as_of = not there
    label: Id  # the field that names a record in lists
    parent: Reference | None = None
    theme: str = ""
    nature: Reference | None = None
    fields: Mapping[Id, FieldSpec]
    links: Mapping[Id, LinkSpec] = {}
    states: Mapping[Id, StateSpec] = {}  # in the order of life; the first is where a case begins
    steps: Mapping[Id, StepSpec] = {}
    deadlines: Mapping[Id, DeadlineSpec] = {}
    number: NumberSpec | None = None
    owes: Mapping[Id, OwedSpec] = {}
    checks: Mapping[Id, CheckSpec] = {}
    similar: SimilarSpec | None = None
    hands_to: Mapping[Id, HandSpec] = {}
    belongs_to: Id | None = None
    own: OwnSpec | None = None
    evidence: tuple[str, ...] = ()  # the papers that usually stand behind such a record, in words
    spoken: tuple[str, ...] = ()  # how chat speaks of it; … stands for a few characters: 走访…公司

    @property
    def initial(self) -> str | None:
        return next(iter(self.states), None)

    @property
    def table(self) -> str:
        return f"p_{self.pack}_{self.id}"
