"""The findings of a checked document as HTML, with jumps to their places and choices to show one group alone.

With `ask` each finding offers to say what one thinks of it; the answers belong to the form of that id.
"""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.reading.marked.marks import GRAVEST_FIRST
from jixiao.reading.marked.marks import WORDS as STATES
from jixiao.reading.marked.opinions import LONGEST_NOTE, WORDS
from jixiao.reading.marked.text_html import safe
from jixiao.reading.marked.view import Group, Told, View, short
from jixiao.values import Verdict

_MOST_JUMPS = 9


def tally_html(shown: View) -> str:
    """The line that stays in view: what was read, what was held against others, what does not agree."""
    checked = shown.checked
    bad = ' class="bad"' if checked.broken else ""
    words = (
        f"识别 <b>{checked.stated}</b> 处数据，核对 <b>{checked.checked}</b> 处，"
        f"发现 <b{bad}>{checked.broken}</b> 处不一致"
    )
    if checked.dismissed:
        words += f'<span class="small">（另有 {checked.dismissed} 处已有意见）</span>'
    jumps = "".join(
        f'<a href="#n{one.number}" aria-label="第 {one.number} 处不一致">{one.number}</a>'
        for one in shown.broken_spots[:_MOST_JUMPS]
    )
    around = f'<nav class="jumps" aria-label="不一致之处">{jumps}</nav>' if jumps else ""
    return f'<div class="tally"><p role="status">{words}</p>{around}</div>'


def legend_html(shown: View) -> str:
    """What the marks mean, each with how many there are."""
    counts = dict(shown.legend)
    rows = (
        f'<li><span class="figure {state}">{STATES[state]}</span> {counts[state]} 处</li>'
        for state in GRAVEST_FIRST
        if state in counts
    )
    return f'<ul class="legend">{"".join(rows)}</ul>'


def findings_html(shown: View, ask: str = "") -> str:
    """The groups of findings; `ask` is the id of the form that takes opinions."""
    return "\n".join(_parts(shown, ask))


def _parts(shown: View, ask: str) -> Iterator[str]:
    if not shown.groups:
        yield (
            '<p class="silent">没有找到可以互相核对的数据：合计与分项、占比、增减等，'
            "本文没有写，或者写法暂不能识别。</p>"
        )
        return
    if not shown.checked.broken:
        yield '<p class="note ok">核对过的数据没有发现不一致。</p>'
    if len(shown.groups) > 1:
        yield _choice("all", "全部", sum(one.count for one in shown.groups), True)
        yield from (_choice(one.kind.state, one.kind.word, one.count, False) for one in shown.groups)
    yield '<div class="groups">'
    for group in shown.groups:
        yield from _group(group, ask)
    yield "</div>"


def _choice(state: str, word: str, count: int, is_chosen: bool) -> str:
    checked = " checked" if is_chosen else ""
    return (
        f'<input type="radio" class="unseen" name="show" id="show-{state}"{checked}>'
        f'<label class="choice" for="show-{state}">{word} {count}</label>'
    )


def _group(group: Group, ask: str) -> Iterator[str]:
    kind = group.kind
    yield f'<div class="group {kind.state}">'
    if kind.is_folded:
        yield f'<details class="more"><summary>{kind.title} {group.count} 条</summary>'
    else:
        yield f"<h3>{kind.title} <small>{group.count} 条</small></h3>"
    yield from (_finding(one, group, ask) for one in group.findings)
    if group.missing:
        yield f'<p class="small">另有 {group.missing} 条没有列出，请下载明细查看。</p>'
    yield ("</details>" if kind.is_folded else "") + "</div>"


def _finding(told: Told, group: Group, ask: str) -> str:
    outcome, opinion = told.finding.outcome, told.finding.opinion
    tag = f'<span class="tag {group.kind.tone}">{group.kind.word}</span>'
    rows = [f"<p>{tag} {safe(short(outcome.message))}</p>"]
    if outcome.computed:
        rows.append(f'<p class="sum">{safe(short(outcome.computed))}</p>')
    if outcome.stated:
        rows.append(f'<p class="small">原文：{safe(short(outcome.stated))}</p>')
    if outcome.reading:
        rows.append(f'<p class="small">读法：{safe(short(outcome.reading))}</p>')
    rows.append(_spots(told))
    if opinion:
        who = "，".join(one for one in (opinion.by, opinion.at) if one)
        rows.append(f'<p class="said">意见：{safe(opinion.words)}{safe(f"（{who}）") if who else ""}</p>')
    if ask and outcome.verdict is not Verdict.KEPT:
        rows.append(_asked(told, ask))
    return f'<div class="finding {group.kind.state}" id="n{told.number}">' + "\n".join(rows) + "</div>"


def _spots(told: Told) -> str:
    made = []
    for spot in told.spots:
        words, label = safe(spot.text), safe(spot.label)
        if spot.mark:
            made.append(f'<li><a href="#f{spot.mark}">{words}</a> <span class="small">{label}</span></li>')
        else:
            made.append(f'<li>{words} <span class="small">{label}，未显示</span></li>')
    if told.more:
        made.append(f"<li>等另外 {told.more} 处</li>")
    return f'<ul class="places">{"".join(made)}</ul>'


def _asked(told: Told, form: str) -> str:
    """The boxes in which one says what one thinks; they are folded and keep what was said before."""
    mark, opinion = told.finding.fingerprint, told.finding.opinion
    name, about = f"say-{mark}", f"第 {told.number} 条"
    options = [("", "没有意见", opinion is None)]
    options += [
        (str(one), words, opinion is not None and opinion.verdict is one) for one, words in WORDS.items()
    ]
    rows = "".join(
        f'<option value="{value}"{" selected" if chosen else ""}>{words}</option>'
        for value, words, chosen in options
    )
    note = safe(opinion.note) if opinion else ""
    return (
        f'<details class="say"><summary>{"改意见" if opinion else "这条对不对…"}</summary>'
        f'<p><select name="{name}" form="{form}" aria-label="{about}的意见">{rows}</select> '
        f'<input type="text" name="note-{mark}" form="{form}" maxlength="{LONGEST_NOTE}" value="{note}" '
        f'placeholder="附注" aria-label="{about}的附注">'
        f'<button class="btn alt small" type="submit" form="{form}" name="do" value="say">记下意见</button>'
        "</p></details>"
    )
