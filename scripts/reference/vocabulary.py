"""docs/reference/vocabulary.md: the closed words and what each means.

The words come from the definition classes; a word without a meaning here, or a meaning without a word, stops
the generator.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from scripts.reference import scoring_words
from scripts.reference.class_comments import field_comments, first_sentence
from scripts.reference.markdown import code, table
from scripts.reference.markdown import page as whole

from jixiao.catalogue.conditions import COMPARISONS, WORDS
from jixiao.catalogue.definition import Named
from jixiao.catalogue.indicators import Indicator, Per, Role, Rows
from jixiao.catalogue.kinds import About, FieldType, NeutralState, Shape
from jixiao.catalogue.meanings import BASES, meaning
from jixiao.relations import RELATIONS, parts_of
from jixiao.values import Qualifier, Status, Verdict

ROWS = {
    "kind": "The register that is counted. A record whose kind has a `date` exists only once that date is "
    "there and not after `as_of`.",
    "dated": "A flow: the date in this column lies inside the period and is not after `as_of`.",
    "until": "Cumulative: the date is not after `as_of`, however early.",
    "alive": "A stock: `from` is not after `as_of`, and `to` is absent or after it.",
    "latest": "A snapshot: the rows of the last day in the period, up to `as_of`, on which this column has a value; "
    "each org has its own last day.",
}
MEASURES = {
    "rows": "Where to look: a kind and at most one word about time; without one, every existing record.",
    "where": "Narrows the rows before anything is measured.",
    "count": "How many rows meet this condition; `all` counts every row.",
    "sum": "Adds up a column; an absent value adds nothing. An amount stated as 余 or 约 makes the sum so.",
    "distinct": "How many different values a field has, how many different records are linked in a role, or (`id`) "
    "how many rows there are. To leave some out, write `where`.",
    "filed": "Values that the org filed, added (and with `-` subtracted): of each the last one stated by `as_of` for "
    "the period. One missing makes the figure not reported.",
    "over": "Makes a rate: the rows meeting this are the denominator, those that meet `count` as well the numerator.",
    "per": "Makes a rate whose denominator is another indicator or filed values; a denominator that is only "
    "approximately known gives none.",
}
PER = {"indicator": "The numerator of this indicator, for the same org and reporting year, on its own basis.",
       "filed": "Filed values, added and subtracted as above."}  # fmt: skip
CONDITIONS = {
    "any": "At least one of the listed conditions holds.",
    "not": "The condition does not hold. Beside a field: the value is none of these.",
    "has": "At least one child record of this kind, or one record linked in this role, meets the condition.",
    "each": "No child record (or linked record) fails the condition; true where there is none.",
    "parent": "The record to which this child belongs meets the condition.",
    "reached": "The case has entered one of these states, on the way it now stands, by `as_of`.",
}
COMPARED = {
    "not": "The value is none of these; an absent value is none of them.",
    "between": "low ≤ value ≤ high; `null` leaves an end open.",
    "not_after": "Both dates are there and the first is not later than the second.",
    "present": "`true`: there is a value; `false`: there is none.",
}
STATUSES = {
    Status.REPORTED: "A number, and 0 is one.",
    Status.NONE: "无可计算: a rate whose denominator is 0 or only approximately known.",
    Status.NOT_REPORTED: "未填报: the register is silent, or a filed value is missing. Never printed as 0.",
}
CAP = 25
ABOUT_THE_FIGURE = {  # fields of an indicator that say how to tell and judge the number, not how to count it
    "theme", "unit", "basis", "role", "better", "print", "alternatives", "aliases", "examples",
}  # fmt: skip


def page() -> str:
    """The whole vocabulary; raises ValueError where classes and meanings have drifted apart."""
    rows = _told(ROWS, (name.rstrip("_") for name in Rows.model_fields))
    measures = _told(MEASURES, set(Indicator.model_fields) - set(Named.model_fields) - ABOUT_THE_FIGURE)
    per = _told(PER, Per.model_fields)
    conditions, compared = _told(CONDITIONS, WORDS), _told(COMPARED, COMPARISONS)
    words = {*ROWS, *MEASURES, *PER, *CONDITIONS, *COMPARED}
    return whole(
        "# Vocabulary",
        f"Indicators and lifecycle guards are written in {len(words)} words (at most {CAP}; past that it would be a "
        "language). Every engine gives them the same meaning; the naive reading that all are held against is "
        "`tests/spec/oracle.py`.",
        "## Measures\n\nAn indicator says exactly one of `count`, `sum`, `distinct`, `filed`.",
        _words(measures),
        "### Under rows",
        _words(rows),
        "### Under per",
        _words(per),
        "## Conditions\n\nA condition is a mapping; its entries are joined by *and*. A field name compares: with one "
        "value (equals), with a list (one of), or with a mapping of comparisons. Logic is two-valued: a comparison with an "
        "absent value is false, and `not` is plain negation. A date later than `as_of` reads as absent; due days "
        "(`<deadline>_due_on`) are plans and stay readable.",
        _words(conditions),
        "### Beside a field",
        _words(compared),
        "## What a figure may be",
        table(["Status", "Means"], [[code(one), text] for one, text in _told(STATUSES, Status)]),
        _closed_lists(),
        "## Relations\n\nComparing intervals, so that a rounded statement is a note and only a contradiction an alarm: "
        + "、".join(code(one) for one in Verdict)
        + ".",
        table(["Relation", "Operands (optional in brackets)", "Claims"], _relations()),
        *scoring_words.parts(),
    )


def _told(meanings: Mapping[str, str], words: Iterable[str]) -> list[tuple[str, str]]:
    """The meanings in their own order; they must be those of the words, neither more nor fewer."""
    drifted = set(meanings) ^ set(words)
    if drifted:
        raise ValueError(
            f"vocabulary page and definition classes disagree about: {', '.join(sorted(drifted))}"
        )
    return list(meanings.items())


def _words(pairs: Iterable[tuple[str, str]]) -> str:
    return table(["Word", "Means"], [[code(word), text] for word, text in pairs])


def _closed_lists() -> str:
    lists: list[tuple[str, str, type[StrEnum]]] = [
        ("Shapes of kinds", "`shape:` says what sort of thing a kind is.", Shape),
        ("Whom a kind is about", "`about: person` is guarded: see the boundary in the README.", About),
        ("Field types", "`type:` of a field decides its box in the form, its column, its check.", FieldType),
        ("Types of states", "Local names of states differ; their types aggregate.", NeutralState),
        ("Roles of indicators", "Plans, descriptions and structures cannot be scored as output.", Role),
        ("Qualifiers", "How a number is printed.", Qualifier),
    ]
    parts = ["## Closed lists"]
    for title, text, words in lists:
        comments = field_comments(words)
        rows = [[code(one.value), meaning(one), comments.get(one.name, "")] for one in words]
        parts += [f"### {title}\n\n{text}", table(["Word", "Chinese", "Remark"], rows)]
    parts += [
        "### Bases of periods",
        table(["Word", "Chinese"], [[code(one), text] for one, text in BASES.items()]),
    ]
    return "\n\n".join(parts)


def _relations() -> Iterable[list[str]]:
    for name, function in RELATIONS.items():
        operands = (
            code(part) if needed else f"[{code(part)}]" for part, (_, needed) in parts_of(name).items()
        )
        yield [code(name), ", ".join(operands), first_sentence(function)]
