# All the commands there are. `make demo` and `make test` need nothing but Python 3.11, make and a package registry.
PYTHON ?= python3
OUT ?= out

.PHONY: help demo test check setup soak bench docs screenshots clean

help:            ## 显示可用命令
	@grep -hE '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: setup      ## 建立示例数据，计算、评分、出报告，并在 127.0.0.1:8000 打开网页
	@scripts/system.sh demo || true
	@.venv/bin/jixiao demo --out $(OUT)

test: setup      ## 运行全部检查与测试（与持续集成相同）
	@scripts/system.sh test
	@scripts/setup.sh $(PYTHON) test
	@scripts/test.sh

check:           ## 只做静态检查：格式、类型、楼层
	@scripts/check.sh

setup:           ## 只准备 .venv
	@scripts/setup.sh $(PYTHON) run

soak: setup      ## 长时间的随机与故障测试
	@scripts/setup.sh $(PYTHON) test
	@.venv/bin/python -m pytest -m soak -p no:cacheprovider

bench: setup     ## 与同类对比的速度，以比值打印
	@scripts/setup.sh $(PYTHON) test
	@.venv/bin/python -m benchmarks

docs:            ## 重新生成 docs/reference
	@.venv/bin/python -m scripts.reference

screenshots:     ## 重新生成 README 的图片
	@.venv/bin/python scripts/screenshots.py

clean:           ## 删除生成物（不动 home 中的数据）
	@rm -rf .venv out build .pytest_cache .mypy_cache .ruff_cache .hypothesis
