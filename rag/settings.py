"""All settings, read once at an edge: defaults, then one TOML file, then the environment. `index` never sees them.

`YANJU_CONFIG` names the file (default `yanju.toml` in the working folder, which may be absent); every other variable
`YANJU_X` sets the field `x`. What is unknown is an error, since a misspelt setting would silently do nothing.
"""

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from index import regions
from rag.errors import SettingsError
from rag.judge import MIN_PROBABILITY

PREFIX = "YANJU_"
CONFIG = PREFIX + "CONFIG"
DEFAULT_FILE = "yanju.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set."""

    data: Path = Path("data")  # folder of the index
    encoder: str = ""  # folder or name of a sentence-transformers model; empty: the embedded one
    reader: str = "on"  # "off": rank and refuse without the reading model
    threshold: float = MIN_PROBABILITY  # probability below which the answer is 报告未提及
    region: str = ""  # what 我市, 本区 mean: a region's name
    today: date | None = None  # what 去年 is counted from, as 2026-01-31; the machine's date when it is not set
    host: str = "127.0.0.1"
    port: int = 7860
    token: str = ""  # when set, /api asks for `Authorization: Bearer …`
    rate: float = 0.0  # questions a second and client that /api takes; 0: no limit
    waiting: int = 32  # questions that may wait for an answer at once; beyond it 503


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings in force.

    Raises:
        SettingsError: an unknown name, or a value of the wrong type.
    """
    environment = os.environ if environment is None else environment
    settings = _apply(Settings(), _from_file(environment))
    given = {k[len(PREFIX) :].lower(): v for k, v in environment.items() if k.startswith(PREFIX) and k != CONFIG}
    return _apply(settings, given, prefix=PREFIX)


def _from_file(environment: Mapping[str, str]) -> dict[str, Any]:
    path = Path(environment.get(CONFIG, DEFAULT_FILE))
    if not path.exists():
        if CONFIG in environment:
            raise SettingsError(f"设置文件不存在：{path}")
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"设置文件读不出来：{path}（{error}）") from error


def _apply(settings: Settings, values: Mapping[str, Any], prefix: str = "") -> Settings:
    kinds: dict[str, Callable[[Any], Any]] = {f.name: type(f.default) for f in fields(settings)}
    kinds |= {"data": Path, "region": _region, "today": _date}
    changes = {}
    for name, value in values.items():
        shown = prefix + name.upper() if prefix else name
        if name not in kinds:
            raise SettingsError(f"没有这个设置：{shown}。可用的有：{'、'.join(kinds)}")
        try:
            changes[name] = kinds[name](value)
        except (TypeError, ValueError) as error:
            raise SettingsError(f"设置 {shown} 的值不对：{value}") from error
    return replace(settings, **changes)


def _region(value: Any) -> str:
    """Return the name of a region. Raises ValueError when there is none of that name."""
    if value and not regions.resolve(str(value)):
        raise ValueError(f"no such region: {value}")
    return str(value)


def _date(value: Any) -> date:
    """Read a date as TOML or a person writes it. Raises ValueError."""
    return value if isinstance(value, date) else date.fromisoformat(str(value))
