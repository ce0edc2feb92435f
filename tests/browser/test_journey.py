"""The whole job in a real Chromium, by the people whose job it is: a forum begins, draws, plans, asks, counts, reports.

One test, as each step needs the one before it; the steps are in tests/browser/journey/. Wherever somebody stops, the
page is checked with axe-core at 320 and at 1,280 pixels.
"""

from consult.app import create_app
from consult.settings import Settings
from tests.browser.journey import answering, consulting, founding, reporting
from tests.browser.journey.stops import STOPS, endpoint_of
from tests.browser.people import PHONE


def test_a_neighbourhood_is_heard(somebody, tmp_path):
    chair, officer, analyst = somebody(), somebody("Priya Raman"), somebody("Anjali Mehta")
    on_a_phone = somebody(viewport=PHONE, has_touch=True)
    without_scripts = somebody(viewport=PHONE, java_script_enabled=False)

    founding.makes_an_account(chair)
    founding.starts_a_forum(chair)
    founding.is_admitted(officer)
    founding.draws_the_area(chair)
    founding.applies(chair)
    founding.has_its_area_designated(officer)

    consulting.writes_a_plan(chair)
    consulting.invites_an_analyst(chair, analyst)
    consulting.sets_it_up(chair)
    consulting.asks_one_question_more(chair)
    consulting.previews_and_opens(chair)

    answering.answers_on_a_phone(on_a_phone)
    answering.answers_without_scripts(without_scripts)

    reporting.sees_both_counted(analyst)
    reporting.makes_and_releases_a_report(chair)
    reporting.takes_the_pack_and_the_aggregate(officer)

    app = create_app(Settings.read({"CONSULT_DEMO": "1", "DATA_DIR": str(tmp_path)}))
    looked_at = [at for person in (chair, officer, analyst, on_a_phone) for at in person.looked_at]
    assert {endpoint_of(app, address) for address in looked_at} >= STOPS
