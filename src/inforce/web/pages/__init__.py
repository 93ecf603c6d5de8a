"""The pages: one file each, named as people name them."""

from inforce.web.pages.answer import answer, cited
from inforce.web.pages.check import check_form, check_sent
from inforce.web.pages.compare import compare_form, compare_sent
from inforce.web.pages.find import find
from inforce.web.pages.ledger import claim_page, ledger, speaker_page, stories_page, story_page
from inforce.web.pages.matrix import matrix
from inforce.web.pages.now import now
from inforce.web.pages.programmes import programmes
from inforce.web.pages.states import state, states
from inforce.web.pages.treaties import changes, treaties, treaty_page
from inforce.web.pages.what_if import what_if

PAGES = (
    now,
    find,
    answer,
    cited,
    treaties,
    treaty_page,
    changes,
    states,
    state,
    matrix,
    what_if,
    check_form,
    check_sent,
    compare_form,
    compare_sent,
    ledger,
    claim_page,
    stories_page,
    story_page,
    speaker_page,
    programmes,
)
