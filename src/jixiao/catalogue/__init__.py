"""What may exist: the definitions of the packs, read, checked and frozen.

`load` gives a `Catalogue`; `check` lists what is wrong with packs. The words of the definitions are in
the modules beside (kinds, indicators, conditions …).
"""

from jixiao.catalogue.catalogue import Catalogue
from jixiao.catalogue.load import check, load

__all__ = ["Catalogue", "check", "load"]
