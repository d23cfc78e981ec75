"""The reading workshop: what a document claims. Stands on `values` alone and needs no ledger.

`read` gives a file's text and statements, `normalise` the form in which two texts are compared.
"""

from jixiao.reading.document import Document, Mark
from jixiao.reading.normal import normalise
from jixiao.reading.read import Reading, read

__all__ = ["Document", "Mark", "Reading", "normalise", "read"]
