"""The tables of the ledger, one noun per file."""

from jixiao.ledger.models.desk import DeskDecision, Expected, Submission
from jixiao.ledger.models.deviations import FigureDeviation
from jixiao.ledger.models.drafts import Draft
from jixiao.ledger.models.events import ChainHead, Event
from jixiao.ledger.models.evidence import Evidence, EvidenceUse
from jixiao.ledger.models.filed import FiledValue
from jixiao.ledger.models.handings import Handing
from jixiao.ledger.models.imports import Import, ImportHeading, ImportRow
from jixiao.ledger.models.links import Link
from jixiao.ledger.models.matches import StatementMatch
from jixiao.ledger.models.memberships import Membership
from jixiao.ledger.models.office_acts import LateEntry, OfficeAct
from jixiao.ledger.models.opinions import FindingOpinion
from jixiao.ledger.models.orgs import Org, OrgChange, PackBinding
from jixiao.ledger.models.pastes import Paste
from jixiao.ledger.models.periods import Period
from jixiao.ledger.models.records import NumberSequence, Record
from jixiao.ledger.models.reports import ClauseEdit, Issue
from jixiao.ledger.models.scores import LeafNote
from jixiao.ledger.models.templates import BureauTemplate
from jixiao.ledger.models.users import User

__all__ = [
    "BureauTemplate",
    "ChainHead",
    "ClauseEdit",
    "DeskDecision",
    "Draft",
    "Event",
    "Evidence",
    "EvidenceUse",
    "Expected",
    "FigureDeviation",
    "FiledValue",
    "FindingOpinion",
    "Handing",
    "Import",
    "ImportHeading",
    "ImportRow",
    "Issue",
    "LateEntry",
    "LeafNote",
    "Link",
    "Membership",
    "NumberSequence",
    "OfficeAct",
    "Org",
    "OrgChange",
    "PackBinding",
    "Paste",
    "Period",
    "Record",
    "StatementMatch",
    "Submission",
    "User",
]
