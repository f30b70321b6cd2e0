from pathlib import Path

import pytest

from rag.errors import SettingsError
from rag.settings import Settings, load_settings


def test_defaults(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings({}) == Settings()


def test_file_then_environment(tmp_path: Path) -> None:
    file = tmp_path / "office.toml"
    file.write_text('port = 8000\nhost = "0.0.0.0"\n', encoding="utf-8")
    settings = load_settings({"YANJU_CONFIG": str(file), "YANJU_PORT": "9000", "YANJU_DATA": "/d", "HOME": "/root"})
    assert (settings.port, settings.host, settings.data) == (9000, "0.0.0.0", Path("/d"))  # noqa: S104 - a value read back


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"YANJU_PROT": "1"}, "YANJU_PROT"),
        ({"YANJU_PORT": "many"}, "YANJU_PORT"),
        ({"YANJU_CONFIG": "/nowhere.toml"}, "/nowhere.toml"),
    ],
)
def test_what_cannot_be_used_is_named(environment: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        load_settings(environment)


def test_an_unknown_key_in_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "y.toml").write_text("colour = 1\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="colour"):
        load_settings({"YANJU_CONFIG": str(tmp_path / "y.toml")})
