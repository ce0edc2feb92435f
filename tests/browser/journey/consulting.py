"""A forum asks its neighbours: a plan of two policies, the tasks of regulation 14, a last look, the opening."""

from datetime import timedelta

from consult import clock
from tests.browser.journey.founding import HOME, NAME, latest_mail
from tests.browser.people import Somebody

CONSULTATION = f"{HOME}consultations/reg14/"
POLICIES = {
    "H1": ("Homes on small sites", "Up to 12 homes on each site, built of brick and flint."),
    "G1": ("The pond and its green", "The pond is kept as a Local Green Space."),
}
LAST_DAY = clock.today() + timedelta(days=60)
ANALYST, ANALYSTS_MAIL = "Anjali Mehta", "analyst@highfold.example.org"


def writes_a_plan(chair: Somebody) -> None:
    chair.goes(f"{HOME}plan")
    chair.looks_around()
    for reference, (title, text) in POLICIES.items():
        chair.follows("Add a policy")
        if reference == "G1":
            chair.writes(reference="H1", title=title)
            chair.presses("Save the policy")
            chair.sees("There is already a policy H1")
            chair.looks_around()
        chair.writes(reference=reference, title=title, summary=text, text=text)
        chair.presses("Save the policy")
    chair.sees("G1 The pond and its green")
    chair.looks_around()


def invites_an_analyst(chair: Somebody, analyst: Somebody) -> None:
    chair.goes(f"{HOME}members/invitation")
    chair.looks_around()
    chair.chooses("Analyst")
    chair.writes(email=ANALYSTS_MAIL)
    chair.presses("Send the invitation")
    chair.sees("Invited, and not here yet")
    chair.looks_around()
    latest_mail(analyst, NAME)
    analyst.page.locator(f"a[href*='{HOME}invitations/']").first.click()
    analyst.looks_around()
    analyst.presses("Accept")
    analyst.sees(NAME)


def sets_it_up(chair: Somebody) -> None:
    """By following the tasks, one after another, as the page says what is next."""
    chair.goes(f"{HOME}consultations/new")
    chair.presses("Start setting it up")
    chair.sees("There is a problem")
    chair.looks_around()
    chair.chooses("Regulation 14")
    chair.writes(title="The draft plan for Pondside", summary="Two policies. Both can still change.")
    chair.presses("Start setting it up")
    chair.looks_around()
    chair.follows("See what is missing")
    chair.looks_around()
    for _ in TASKS:
        chair.goes(f"{CONSULTATION}setup")
        ahead = chair.page.locator("[aria-current=step] a")
        if not ahead.count():  # what is left does not have to be done before the opening
            break
        ahead.click()
        does_a_task(chair, chair.page.url.partition(CONSULTATION)[2].removeprefix("setup/"))
    chair.looks_around()


# What is typed for each task that is not done from the start.
TASKS = {
    "dates": {},
    "publicity": {
        "where_to_see": "On this page, and in the village shop, Monday to Saturday, 9am to 5pm.",
        "how_to_respond": "On this page, or on paper in the box at the shop.",
    },
    "contact": {
        "contact_email": "plan@pondside.example.org",
        "contact_phone": "01632 960311",
        "contact_address": "The shop, Pond Lane",
    },
    "data": {"data_contact": "plan@pondside.example.org"},
    "privacy": {"privacy_notice": "We read what you send and keep it for two years."},
    "consultees": {},
}


def does_a_task(chair: Somebody, name: str) -> None:
    if name == "consultees":
        decides_about_the_bodies(chair)
        return
    if name == "dates":
        chair.dates("last_day", clock.today() + timedelta(days=41))
        chair.presses("Save")
        chair.sees("gives people at least six weeks")
        chair.looks_around()
        chair.dates("last_day", LAST_DAY)
    else:
        chair.looks_around()
        chair.writes(**TASKS[name])
    chair.presses("Save")


def decides_about_the_bodies(chair: Somebody) -> None:
    """One by its own page, the others at once; then a contact of one's own, and how people hear of it."""
    chair.looks_around()
    chair.follows("Decide about them one by one")
    chair.presses("Save")
    chair.sees("There is a problem")
    chair.looks_around()
    chair.chooses("No, its interests are not affected")
    chair.writes(reason="We are not in London.")
    chair.presses("Save")
    chair.goes(f"{CONSULTATION}consultees")
    chair.page.locator("summary", has_text="Several are not affected").click()
    for box in chair.page.locator("[name=bodies]").all():
        box.check()
    chair.writes(reason="Nothing of theirs is in the lanes around the pond.")
    chair.presses("Record that they are not affected")
    chair.sees("Not affected: 22")
    chair.follows("Add a contact of your own")
    chair.writes(organisation="The village school", email="head@pondside.example.org")
    chair.presses("Save")
    chair.sees("Consulted: 1")
    chair.looks_around()
    chair.goes(f"{CONSULTATION}publicity")
    chair.looks_around()


def asks_one_question_more(chair: Somebody) -> None:
    chair.goes(f"{CONSULTATION}questions")
    chair.looks_around()
    chair.follows("Add a question")
    chair.chooses("One answer from a list")
    chair.presses("Continue")
    chair.writes(title="How often do you walk by the pond?", options="Daily")
    chair.presses("Save the question")
    chair.sees("Enter at least two answers")
    chair.looks_around()
    chair.writes(options="Daily\nSometimes\nNever")
    chair.presses("Save the question")
    chair.sees("How often do you walk by the pond?")


def previews_and_opens(chair: Somebody) -> None:
    chair.goes(f"{CONSULTATION}setup")
    chair.follows("Preview it as a resident")
    chair.sees("H1 Homes on small sites")
    chair.looks_around()
    chair.goes(f"{CONSULTATION}preview/respond")
    chair.looks_around()
    chair.presses("Start now")
    chair.looks_around()
    with (
        chair.page.expect_navigation()
    ):  # or the next address would be asked for while this one is on its way
        chair.presses("Save and continue")
    chair.goes(f"{CONSULTATION}opening")
    chair.sees("Nothing is missing")
    chair.looks_around()
    chair.presses("Open it now")
    chair.sees("responses received")
    chair.looks_around()
    chair.goes(f"{CONSULTATION}extension")
    chair.dates("last_day", clock.today())
    chair.presses("Extend it")
    chair.sees("the last day can only become later")
    chair.looks_around()
    chair.goes(f"{CONSULTATION}closing")  # six weeks have not passed, so it may not be closed
    chair.looks_around()
    assert not chair.page.get_by_role("button", name="Close it now").count()
