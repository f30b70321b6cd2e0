"""Chinese numerals: 二〇二一, 十二, 三万五千零二十, 七十五点五."""

from decimal import Decimal

DIGITS = "零〇○一二三四五六七八九"  # a year is written with these; two of 两家 is one more
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_VALUE = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}


def chinese_number(words: str) -> Decimal | None:
    """Return the value of a Chinese numeral, None when it is none.

    >>> chinese_number("三万五千零二十"), chinese_number("二〇二一"), chinese_number("七十五点五")
    (Decimal('35020'), Decimal('2021'), Decimal('75.5'))
    """
    whole, _, fraction = words.partition("点")
    if not whole or not set(whole) <= _VALUE.keys() | SCALES.keys() or not set(fraction) <= _VALUE.keys():
        return None
    amount = Decimal(_scaled(whole) if set(whole) & SCALES.keys() else _digits(whole))
    return amount + Decimal(f"0.{_digits(fraction)}") if fraction else amount


def whole_number(words: str) -> int:
    """Return a year, month or day written in figures or in Chinese. Raises ValueError when it is no number.

    >>> whole_number("2021"), whole_number("二〇二一"), whole_number("十二")
    (2021, 2021, 12)
    """
    amount = Decimal(words) if words.isdecimal() else chinese_number(words)
    if amount is None:
        raise ValueError(f"no number: {words}")
    return int(amount)


def _digits(words: str) -> str:
    return "".join(str(_VALUE[c]) for c in words)


def _scaled(words: str) -> int:
    """Read a numeral with its scales: 三万五千零二十."""
    for scale in "亿万":
        above, found, below = words.rpartition(scale)
        if found:
            return (_scaled(above) if above else 1) * SCALES[scale] + _scaled(below)
    total, digit = 0, 0
    for c in words:
        if c in _VALUE:
            digit = _VALUE[c]
        else:
            total += (digit or 1) * SCALES[c]
            digit = 0
    return total + digit
