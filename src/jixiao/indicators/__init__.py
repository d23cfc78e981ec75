"""Definitions over the projection become figures, with their words, their SQL and their records."""

from __future__ import annotations

from jixiao.indicators.engines import Engine
from jixiao.indicators.run import Request, by_org, figures

__all__ = ["Engine", "Request", "by_org", "figures"]
