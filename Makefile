# 言据: every command a person or CI needs. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --constraint constraints.txt
DATA ?= ../shared/data
CHROMIUM := $(shell command -v chromium 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help install serve test verify check format train clean chromium

help:  ## 列出全部命令
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新的版本" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# A stamp a set of packages, so that a second start installs nothing.
$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	@echo "正在安装言据…"
	$(PIP) --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@echo "正在安装测试所需的包…"
	$(PIP) torch
	$(PIP) --editable '.[dev]'
	@touch $@

install: $(VENV)/.installed  ## 安装到 .venv

serve: $(VENV)/.installed  ## 安装、建立索引、打开聊天(http://127.0.0.1:7860)
	@$(BIN)/yanju index seeds
	@$(BIN)/yanju serve

chromium:
ifeq ($(CHROMIUM),)
	@echo "浏览器测试需要 Debian 的 chromium,正在安装…"
	@{ apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk; } >/dev/null 2>&1 \
		|| echo "装不上 chromium:浏览器测试会跳过。请用管理员身份运行 apt-get install chromium" >&2
endif

test: $(VENV)/.installed-dev chromium  ## 全部测试
	$(BIN)/python -m pytest

verify: $(VENV)/.installed-dev  ## 长检查:相似报告、换种问法、改坏的回答(第一次约半小时)
	$(BIN)/python -m pytest tests/verify

check: $(VENV)/.installed-dev  ## 代码检查:ruff 和 mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.installed-dev  ## 统一代码格式
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

train: $(VENV)/.installed-dev  ## 重新训练两个内置模型（可中断、可续，两核约两小时；数据在 DATA）
	$(BIN)/python -m training --data $(DATA) --install

clean:  ## 删除安装和索引
	rm -rf $(VENV) data
