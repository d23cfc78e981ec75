"""Example orgs that packs bring along: read from their folder, written through the same acts as everything
else.

from jixiao.ledger import examples examples.available(), examples.install("org-id", passwords=...)
"""

from jixiao.ledger.examples.folders import available, folder_of
from jixiao.ledger.examples.install import Installed, install
from jixiao.ledger.examples.living import install_living

__all__ = ["Installed", "available", "folder_of", "install", "install_living"]
