"""Runs one peer in its own environment: texts in, what it found and how long it took out, as JSON.

Started by `peers` with the interpreter of that environment; imports nothing of the project.
Usage: python peer_runner.py cn2an|jionlp|recognizers TEXTS.json FOUND.json
"""

import contextlib
import io
import json
import sys
import time
import warnings

YEAR_MARKS = ("年", "月", "日", "号", "时")
UNITS = {
    "Chinese yuan": "元", "United States dollar": "美元", "Kilometer": "公里", "Meter": "米", "Ton": "吨",
    "Square meter": "平方米", "Mu": "亩", "Cubic meter": "立方米", "Year": "岁", "Kilogram": "公斤",
    "Metric ton": "吨", "Hectare": "公顷", "Square kilometer": "平方公里", "Kilowatt hour": "千瓦时",
}  # fmt: skip


def recognizers():
    """Currency, dimension, age, percentage, then plain numbers that none of these holds."""
    from recognizers_number import Culture, recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_age, recognize_currency, recognize_dimension

    def read(text):
        found = []
        for model in (recognize_currency, recognize_dimension, recognize_age):
            for one in model(text, Culture.Chinese):
                unit = (one.resolution or {}).get("unit", "")
                value = (one.resolution or {}).get("value")
                if value is not None:
                    found.append((one.start, one.end + 1, float(value), UNITS.get(unit, unit)))
        for one in recognize_percentage(text, Culture.Chinese):
            number = float(one.resolution["value"].rstrip("%"))
            points = one.text.endswith("百分点")
            found.append(
                (one.start, one.end + 1, number if points else number / 100, "百分点" if points else "ratio")
            )
        taken = [(start, end) for start, end, _, _ in found]
        for one in recognize_number(text, Culture.Chinese):
            start, end = one.start, one.end + 1
            if text[end : end + 1] in YEAR_MARKS or any(start < b and a < end for a, b in taken):
                continue
            found.append((start, end, float(one.resolution["value"]), ""))
        return found

    return read


def jionlp():
    """Money only: that is what it extracts with a value."""
    with contextlib.redirect_stdout(io.StringIO()):
        import jionlp as peer

    def read(text):
        found = []
        for one in peer.ner.extract_money(text, with_parsing=True):
            number = one["detail"]["num"]
            number = number[0] if isinstance(number, list) else number
            found.append((*one["offset"], float(number), one["detail"]["case"]))
        return found

    return read


def cn2an():
    """It rewrites Chinese numerals as digits and keeps no places: found is nothing, only the time counts."""
    import cn2an as peer

    def read(text):
        peer.transform(text, "cn2an")
        return []

    return read


def numeral(text):
    """One numeral for cn2an, which reads a number that was cut out for it."""
    import cn2an as peer

    try:
        return float(peer.cn2an(text, "smart"))
    except (ValueError, KeyError, TypeError):
        return None


def main(name, source, target):
    with open(source, encoding="utf-8") as stream:
        given = json.load(stream)
    read = {"recognizers": recognizers, "jionlp": jionlp, "cn2an": cn2an}[name]()
    found, failed = [], 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        read(given["texts"][0])  # models are loaded on the first call
        begun = time.perf_counter()
        for text in given["texts"]:
            try:
                found.append(read(text))
            except Exception:  # a peer that fails on a text has found nothing there
                failed += 1
                found.append([])
        seconds = time.perf_counter() - begun
        numerals = [numeral(text) for text in given["numerals"]] if name == "cn2an" else []
    with open(target, "w", encoding="utf-8") as stream:
        json.dump({"found": found, "seconds": seconds, "failed": failed, "numerals": numerals}, stream)


if __name__ == "__main__":
    main(*sys.argv[1:])
