"""Petitions: signatures entered, confirmed, and who of those who signed also responded."""

import pytest
import sqlalchemy as sa

from consult.audit import Deed
from consult.campaigns.models import Signatory
from consult.campaigns.petitions import last_of, names_in, signatories, signed, state_of
from consult.clearing.erasing import erase
from consult.database import db
from consult.web.errors import Refused


def test_signatures_count_once_somebody_has_confirmed_their_number(at_work):
    with at_work() as (_, petitions, response):
        made = petitions.mark(response(30))
        assert (made.name, last_of(made).signatures) == ("P1", 143)
        assert signed(petitions.consultation) == {response(30).id: ("", 1)}
        petitions.confirm(made)
        assert signed(petitions.consultation) == {response(30).id: ("P1", 143)}
        deed = db.session.scalars(sa.select(Deed).where(Deed.act == "petition.confirmed")).one()
        assert (deed.subject, deed.person_id) == ("R030", petitions.by.id)
        assert deed.detail["signatures"] == 143


def test_a_number_that_changes_is_confirmed_again(at_work):
    with at_work() as (_, petitions, response):
        made = petitions.mark(response(30))
        petitions.confirm(made)
        petitions.enter(made, 140, 0)
        assert signed(petitions.consultation) == {response(30).id: ("", 1)}


def test_who_also_responded_is_noted_and_left_out_only_where_somebody_says_so(at_work):
    with at_work() as (_, petitions, response):
        made = petitions.mark(response(30))
        petitions.name(made, names_in("Ada  FERRIS\n\nNobody Else\n"))
        assert [(row.name, row.own_response_id) for row in signatories(made)] == [
            ("Ada FERRIS", response(19).id),
            ("Nobody Else", None),
        ]
        petitions.confirm(made)
        assert signed(petitions.consultation)[response(30).id] == ("P1", 143)
        petitions.enter(made, 143, 1)
        petitions.confirm(made)
        assert signed(petitions.consultation)[response(30).id] == ("P1", 142)


def test_it_can_be_no_petition_and_one_again(at_work):
    with at_work() as (_, petitions, response):
        made = petitions.mark(response(30))
        petitions.name(made, ["Ada Ferris"])
        petitions.end(made)
        assert signed(petitions.consultation) == {} and signatories(made) == []
        with pytest.raises(Refused, match="no petition any more"):
            petitions.confirm(made)
        assert petitions.mark(response(30)) is made and state_of(made) == "entered"


@pytest.mark.parametrize(("signatures", "left_out"), [(0, 0), (1_000_001, 0), (3, 3), (3, -1)])
def test_numbers_that_cannot_be_are_refused(at_work, signatures, left_out):
    with at_work() as (_, petitions, response):
        made = petitions.mark(response(30))
        with pytest.raises(Refused):
            petitions.enter(made, signatures, left_out)


@pytest.mark.parametrize("erased", [30, 19], ids=["the petition", "a person who signed"])
def test_names_go_with_an_erasure(at_work, erased):
    with at_work() as (_, petitions, response):
        made = petitions.mark(response(30))
        petitions.name(made, ["Ada Ferris"])
        erase(response(erased), "They asked.", petitions.by)
        assert db.session.scalars(sa.select(Signatory)).all() == []
        assert last_of(made).signatures == 143
