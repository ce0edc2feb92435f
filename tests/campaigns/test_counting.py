"""Responses and people: what a confirmed campaign or petition changes in the figures, and what it does not."""

import csv
import io
import json

from consult.feedback import tallies
from consult.feedback.facts import Facts
from consult.feedback.publications import figures_for_everyone
from consult.feedback.snapshots import freeze
from consult.reports import verifying
from consult.reports.building import pack


def numbers(facts):
    return {f.key: (f.responses, f.people) for f in tallies.figures(facts) if not f.filter}


def test_what_nobody_has_confirmed_leaves_the_facts_as_they_were_to_the_byte(at_work):
    with at_work() as (letters, _, _):
        before = tallies.take(letters.consultation).to_bytes()
        letters.search()
        facts = tallies.take(letters.consultation)
        assert facts.to_bytes() == before and facts.campaigns == ()
        assert b"campaign" not in before


def test_a_campaign_is_named_and_each_of_its_people_is_counted(at_work):
    with at_work() as (letters, _, _):
        before = numbers(tallies.take(letters.consultation))
        letters.search()
        letters.confirm(letters_of(letters))
        facts = tallies.take(letters.consultation)
        assert numbers(facts) == before | {"campaign.C1": (9, 9)}
        assert len(tallies.behind(facts, "campaign.C1")) == 9
        assert Facts.from_bytes(facts.to_bytes()).campaigns == ("C1",)
        assert Facts.from_bytes(facts.to_bytes()).sha256 == facts.sha256


def test_a_petition_counts_as_its_confirmed_signatures(at_work):
    with at_work() as (_, petitions, response):
        about = petitions.consultation
        responses, people = numbers(tallies.take(about))["counted"]
        made = petitions.mark(response(30))
        assert numbers(tallies.take(about))["counted"] == (responses, people)  # a group is one until then
        petitions.confirm(made)
        now = numbers(tallies.take(about))
        assert now["counted"] == (responses, people + 142) and now["campaign.P1"] == (1, 143)
        petitions.enter(made, 143, 3)
        petitions.confirm(made)
        assert numbers(tallies.take(about))["counted"] == (responses, people + 139)


def test_small_groups_of_a_campaign_are_kept_back_from_the_public(at_work):
    with at_work() as (letters, petitions, response):
        letters.search()
        letters.confirm(letters_of(letters))
        petitions.confirm(petitions.mark(response(30)))
        found = figures_for_everyone(tallies.take(letters.consultation), final=True)
        small = [f for f in found if f.filter and f.key.startswith("campaign.P1")]
        assert small and all(f.suppressed or not f.responses for f in small)


def test_page_table_and_figures_of_a_pack_agree_and_it_verifies(at_work, tmp_path):
    with at_work() as (letters, petitions, response):
        letters.search()
        letters.confirm(letters_of(letters))
        petitions.confirm(petitions.mark(response(30)))
        files = pack(letters.consultation, freeze(letters.consultation, letters.by))
    place = tmp_path / "pack"
    place.mkdir()
    for name, content in files.items():
        (place / name).write_bytes(content)
    assert verifying.differences(place) == []
    rows = list(csv.DictReader(io.StringIO(files["responses.csv"].decode("utf-8-sig"))))
    column = {row["reference"]: (row["campaign"], row["people"]) for row in rows}
    assert column["R030"] == ("P1", "143") and column["R011"] == ("C1", "1") and column["R001"] == ("", "1")
    said = {(f["key"], f["filter"]): f for f in json.loads(files["figures.json"])["figures"]}
    assert said["counted", ""]["people"] == sum(
        int(row["people"]) for row in rows if row["status"] == "counted"
    )
    assert said["campaign.C1", ""]["responses"] == 9


def letters_of(letters):
    from consult.campaigns.letters import campaigns_of

    (campaign,) = campaigns_of(letters.consultation)
    return campaign
