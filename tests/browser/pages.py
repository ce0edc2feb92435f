"""Which pages are looked at by whom, apart from those that the journey stops at (tests/browser/journey/stops.py)."""

RESIDENT, CHAIR, OFFICER = "", "Margaret Oyelaran", "Priya Raman"
OLDBRIDGE = "Gareth Pugh"
DRAFTING, OPERATOR, COUNCIL = "Ewa Nowak", "Olwen Pask", "Colin Brathwaite"
REG14 = "/f/highfold/consultations/reg14/"
REG16 = "/a/tarrow-vale/consultations/reg16/"
EARLY = "/f/tannery-wharf/consultations/early/"

# (who, where, the links that are followed from there, if any, with “ > ” between them)
PAGES = [
    *[
        (RESIDENT, path, "")
        for path in (
            *("/", "/register", "/privacy", "/accessibility", "/sign-in", "/reset-password", "/no-such-page"),
            "/register/NA-0001",
            "/open-data",
            *("/demo/sign-in", "/f/highfold/", "/f/highfold/area", "/f/highfold/consultations/", REG14),
            *("/f/highfold/plan/read", "/f/highfold/plan/read/1", "/f/highfold/plan/comparison"),
            *(REG14 + "respond", REG14 + "results", "/a/tarrow-vale/", "/f/tannery-wharf/"),
            *(f"/f/{at}/respond" for at in ("nether-tarrow/consultations/reg14", "oldbridge/consultations/sites")),
        )
    ],
    *[
        (CHAIR, path, "")
        for path in (
            *("/account", "/account/api-tokens", "/account/api-tokens/new"),
            *("/account/devices", "/account/name", "/account/password", "/account/authenticator"),
            *("/account/recovery-codes", "/sign-in/again", "/f/highfold/", "/f/highfold/area/draft"),
            "/f/highfold/area/draft/points",
            *(f"/f/highfold/plan{at}" for at in ("", "/new-document", "/title", "/versions/1")),
            *(f"/f/highfold/plan/{at}" for at in ("new-section", "new-policy", "new-word")),
            "/f/highfold/plan/sections/section-our-hill",
            *(f"/f/highfold/plan/{at}" for at in ("sites", "new-site", "new-sites", "sites/LGS-1")),
            *(f"/f/highfold/plan/sites/LGS-1/{at}" for at in ("change", "new-owner-contact")),
            *(f"/f/highfold/{at}" for at in ("settings", "record", "record/downloads", "record/export")),
            *(f"/f/highfold/{at}" for at in ("feedback/", "reports/")),
            *(REG14 + at for at in ("setup", "questions", "setup/dates", "closing", "responses/", "responses/new")),
            *(REG14 + "feedback/" + at for at in ("", "words", "places", "responses")),
        )
    ],
    (CHAIR, REG14 + "feedback/crosstab?rows=policy&columns=stance", ""),
    *[(CHAIR, REG14 + f"reports/words/{at}", "") for at in ("", "title", "introduction")],
    *[(CHAIR, REG14 + "feedback/places/counted" + at, "") for at in ("", "/responses")],
    (CHAIR, "/f/highfold/feedback/search?q=traffic", ""),
    *[(CHAIR, f"/f/highfold/downloads/{at}", "") for at in ("", "selection?consultation=reg14", "selection")],
    (CHAIR, "/f/highfold/downloads/", "Stance: Object"),
    *[(OFFICER, f"/a/tarrow-vale/aggregate{at}", "") for at in ("", "?releases=every")],
    (CHAIR, REG14 + "feedback/words?q=traffic&stance=object", ""),
    (CHAIR, REG14 + "feedback/crosstab/responses?rows=home&row=inside", ""),
    (RESIDENT, "/f/oldbridge/consultations/sites/told", ""),
    (RESIDENT, "/f/nether-tarrow/consultations/reg14/respond?whole=1", ""),
    (RESIDENT, "/f/nether-tarrow/consultations/reg14/about-people", ""),
    (RESIDENT, REG14 + "receipts/", ""),
    (RESIDENT, "/f/nether-tarrow/consultations/reg14/easy-read", ""),
    *[(DRAFTING, EARLY + at, "") for at in ("easy-read-lines", "easy-read-lines/new")],
    (DRAFTING, EARLY + "easy-read-lines", "Change sentence 1"),
    (RESIDENT, REG14 + "receipts/?reference=R-XXXX-XX", ""),
    *[(CHAIR, REG14 + at, "") for at in ("event-devices", "responding", "equality")],
    *[
        (CHAIR, REG14 + at, "")
        for at in (
            *("consultees", "consultees/new", "consultees/contacts", "consultees/bodies/gas"),
            *("consultees/authority-copy", "publicity", "publicity/new"),
        )
    ],
    (CHAIR, REG14 + "consultees", "Network Rail"),
    (CHAIR, REG14 + "consultees", "Network Rail > Change these"),
    (CHAIR, REG14 + "consultees", "Network Rail > Record something you sent yourself"),
    (CHAIR, REG14 + "publicity", "Change"),
    *[(CHAIR, REG14 + at, "") for at in ("batches", "checks", "imports")],
    (RESIDENT, REG14 + "comments", ""),
    *[(CHAIR, at, "") for at in (REG14 + "clearing/", REG14 + "retention", "/f/highfold/personal-data")],
    (CHAIR, REG14 + "clearing/", "Choose what is taken out"),
    (CHAIR, REG14 + "clearing/", "Choose what is taken out > Hide the whole response"),
    (CHAIR, REG14 + "responses/", "R- > Erase it"),
    (CHAIR, REG14 + "batches", "Box at Market Hall"),
    (CHAIR, REG14 + "batches", "Type the next sheet"),
    (CHAIR, REG14 + "imports", "Look over letters.csv"),
    *[(CHAIR, REG14 + at, "") for at in ("coding", "coding/next", "coding/second", "themes", "campaigns")],
    (CHAIR, REG14 + "coding/readers", ""),
    (CHAIR, REG14 + "coding", "Read on"),
    *[(CHAIR, REG14 + at, "") for at in ("issues", "issues/new", "issues/publication")],
    (RESIDENT, REG14 + "you-said-we-did", ""),
    (RESIDENT, REG14 + "you-said-we-did?reference=R-XXXX-XX", ""),
    (CHAIR, REG14 + "issues", "1. "),
    (CHAIR, REG14 + "issues", "1. > Change the title or the summary"),
    (CHAIR, REG14 + "issues", "1. > Put more into it"),
    (CHAIR, REG14 + "issues", "1. > Write the reply anew"),
    (CHAIR, REG14 + "issues", "3. > It was agreed"),
    (CHAIR, REG14 + "coding/second", "Read again"),
    (CHAIR, REG14 + "themes", "Drains and flooding"),
    *[(CHAIR, REG14 + "campaigns", link) for link in ("C1", "P1")],
    *[(CHAIR, REG14 + at, "") for at in ("flags", "flags/rules")],
    (CHAIR, REG14 + "flags", "Several from one network"),
    (CHAIR, REG14 + "checks", "R-"),
    (CHAIR, REG14 + "checks", "R- > Something differs"),
    (CHAIR, "/f/highfold/members", "Change role or end"),
    (CHAIR, REG14 + "responses/", "R-"),
    (CHAIR, "/f/highfold/plan", "Change policy"),
    (CHAIR, "/f/highfold/plan/sites/LGS-1", "Change the record"),
    *[
        (DRAFTING, f"/f/tannery-wharf/area/{at}", "")
        for at in ("draft?show=1", "start?q=tar", "overlaps", "versions", "versions/2", "draft?start=version/1")
    ],
    (DRAFTING, EARLY + "questions", "Change Q1"),
    *[
        (DRAFTING, EARLY + at, "")
        for at in (
            *("questions/new", "questions/new?kind=scale", "questions/new?kind=place", "questions/q8"),
            *("question-sets", "question-pages/2"),
        )
    ],
    (DRAFTING, EARLY + "responses/new", ""),
    *[(OFFICER, f"/a/tarrow-vale/{at}", "") for at in ("", "bodies", "members", "settings", "consultations/new")],
    (OFFICER, "/a/tarrow-vale/applications", "Tannery Wharf > Designate a smaller area"),
    (OFFICER, "/a/tarrow-vale/applications", "Tannery Wharf > Modify what is in its way"),
    (OFFICER, "/a/tarrow-vale/applications", "Tannery Wharf > Tell the body whether it is complete"),
    (OFFICER, "/a/tarrow-vale/register/NA-0001", ""),
    *[(OFFICER, f"/a/tarrow-vale/{at}", "") for at in ("?stage=regulation_14", "digest")],
    (RESIDENT, "/register/on", ""),
    (RESIDENT, "/register/on?on=never", ""),
    (COUNCIL, "/f/nether-tarrow/area/consents", ""),
    *[
        (DRAFTING, f"/f/tannery-wharf/forum-application{at}", "")
        for at in ("", "/names", "/constitution", "/contact", "/statement", "/members", "/members/list")
    ],
    *[
        (CHAIR, f"/f/highfold/submission{at}", "")
        for at in ("", "/kind", "/statement", "/conditions", "/environment", "/new-file/plan")
    ],
    (CHAIR, "/f/highfold/submission", "Submission 1"),
    *[(OFFICER, f"/a/tarrow-vale/{at}", "") for at in ("forum-applications", "submissions", "bodies/highfold/road")],
    (OFFICER, "/a/tarrow-vale/forum-applications", "Station Fields"),
    *[(RESIDENT, REG16 + at, "") for at in ("", "respond", "about-people")],
    *[(OFFICER, REG16 + at, "") for at in ("setup", "consultees", "publicity", "responses/")],
    *[(OFFICER, REG16 + f"examination/{at}", "") for at in ("", "readers", "documents")],
    (OFFICER, "/examinations", ""),
    *[(RESIDENT, at, "") for at in ("/f/highfold/progress", "/a/tarrow-vale/progress/highfold")],
    (OFFICER, "/a/tarrow-vale/consultations/", ""),
    (OFFICER, "/a/tarrow-vale/submissions", "Highfold > What is shown to everyone"),
    (OFFICER, "/a/tarrow-vale/submissions", "Highfold"),
    (OLDBRIDGE, "/f/oldbridge/consultations/sites/proposed-sites", ""),
    (OLDBRIDGE, "/f/oldbridge/consultations/sites/proposed-sites", "Take it over"),
    (OLDBRIDGE, "/f/oldbridge/consultations/sites/proposed-sites", "Set it aside"),
    *[(DRAFTING, EARLY + f"preview/{at}", "") for at in ("", "respond", "respond?whole=1", "page", "page?at=check")],
    *[(DRAFTING, EARLY + f"setup/{at}", "") for at in ("data", "contact", "privacy")],
    *[(OPERATOR, f"/operator{at}", "") for at in ("", "/health", "/usage", "/downloads")],
    *[(OPERATOR, f"/operator/spaces/oldbridge/{at}", "") for at in ("suspension", "deletion", "quota")],
    (CHAIR, "/f/highfold/deletion", ""),
    *[(CHAIR, REG14 + at, "") for at in ("translations", "translation?into=ur")],
    *[(DRAFTING, EARLY + at, "") for at in ("translations", "translation?into=pl", "preview?language=pl")],
    (CHAIR, REG14 + "responses/", "R- > Put what they wrote into English"),
]  # fmt: skip

BOW_TIE = '{"type":"Polygon","coordinates":[[[-1.45,52.17],[-1.44,52.18],[-1.44,52.17],[-1.45,52.18],[-1.45,52.17]]]}'

# (who, where, what is written, the button): the page that comes back, with what is wrong
ERRORS = [
    (RESIDENT, "/sign-in", {}, "Mail me a code"),
    (RESIDENT, "/reset-password", {}, "Send me a link"),
    (
        RESIDENT,
        "/f/oldbridge/consultations/sites/respond?whole=1",
        {"postcode": "x", "email": "x"},
        "Send my response",
    ),
    (DRAFTING, EARLY + "translation?into=ro", {"title": "x" * 20_001}, "Save"),
    (CHAIR, "/account/name", {"name": ""}, "Save"),
    (CHAIR, "/account/api-tokens/new", {"name": ""}, "Make the token"),
    (CHAIR, "/f/highfold/settings", {"name": "", "colour": "#ffff00"}, "Save"),
    (CHAIR, "/f/highfold/plan/title", {"title": ""}, "Save"),
    (CHAIR, "/f/highfold/plan/new-section", {"title": ""}, "Save the section"),
    (CHAIR, "/f/highfold/plan/new-document", {}, "Add the document"),
    (CHAIR, "/f/highfold/plan/new-word", {}, "Send it and look it over"),
    (CHAIR, "/f/highfold/plan/new-site", {"outline": ""}, "Save the site"),
    (CHAIR, "/f/highfold/plan/new-sites", {}, "Add the sites"),
    (CHAIR, "/f/highfold/plan/sites/LGS-1/change", {"outline": BOW_TIE}, "Save the site"),
    (CHAIR, "/f/highfold/plan/sites/LGS-1/new-owner-contact", {}, "Save"),
    (CHAIR, "/f/highfold/members/invitation", {}, "Send the invitation"),
    (CHAIR, REG14 + "responses/new", {}, "Enter this response"),
    (CHAIR, REG14 + "batches", {"sheets": "x"}, "Begin typing"),
    (CHAIR, REG14 + "imports", {}, "Look it over"),
    (CHAIR, REG14 + "themes", {}, "Add the theme"),
    (CHAIR, REG14 + "issues/new", {}, "Begin the issue"),
    (DRAFTING, "/f/tannery-wharf/area/draft", {"outline": ""}, "Save the outline"),
    (DRAFTING, "/f/tannery-wharf/area/draft", {"outline": BOW_TIE}, "Save the outline"),
    (DRAFTING, EARLY + "setup/details", {"title": ""}, "Save"),
    (DRAFTING, "/f/tannery-wharf/forum-application/names", {"name": ""}, "Save"),
    (DRAFTING, "/f/tannery-wharf/forum-application/contact", {"contact_name": ""}, "Save"),
    (DRAFTING, "/f/tannery-wharf/forum-application/members", {"name": ""}, "Add"),
    (DRAFTING, "/f/tannery-wharf/forum-application/members/list", {"rows": "name,live"}, "Save the list"),
    (CHAIR, "/f/highfold/submission/new-file/plan", {}, "Save"),
    (OFFICER, "/a/tarrow-vale/bodies/highfold/road", {}, "Record it"),
    (OFFICER, REG16 + "examination/readers", {}, "Name them"),
    (OFFICER, REG16 + "examination/documents", {}, "Add it"),
    (RESIDENT, "/f/oldbridge/consultations/sites/told", {}, "Keep me told"),
    (DRAFTING, EARLY + "consultees/new", {"email": "x"}, "Save"),
    (DRAFTING, EARLY + "consultees/contacts", {}, "Add the contacts"),
    (CHAIR, REG14 + "consultees/bodies/gas", {}, "Save"),
    (DRAFTING, EARLY + "publicity/new", {"how_many": "x"}, "Save"),
    (CHAIR, "/f/highfold/personal-data", {"asked": "x"}, "Look"),
    (CHAIR, REG14 + "retention", {}, "Set the day"),
    (DRAFTING, EARLY + "easy-read-lines/new", {"words": ""}, "Save the sentence"),
]

FILES = {
    "examining.one_file", "examining.progress", "examining.progress_document", "examining.public_csv",
    "examining.public_pdf", "examining.whole",
    "downloads.file", "downloads.progress", "operating.export_file", "operating.metrics",
    "areas.base_geojson", "areas.handed_pack", "areas.neighbours_geojson", "areas.original",
    "areas.outline_file", "areas.outline_geojson", "areas.own_pack",
    "areas.register_csv", "areas.register_geojson", "areas.start_boundary", "areas.start_version",
    "consultations.area_geojson", "consultations.area_svg",
    "consultations.contacts_template", "consultations.document", "consultations.evidence_of",
    "consultations.events_ics",
    "consultations.poster_pdf", "consultations.proof", "consultations.sites_geojson",
    "consultations.sites_svg", "feedback.crosstab_csv", "feedback.places_geojson", "forums.handed_constitution",
    "forums.handed_members", "forums.members_csv", "forums.own_constitution", "forums.own_pdf",
    "forums.pdf", "spaces.milestone_document", "submitting.draft_file", "submitting.everything",
    "submitting.file", "officers.aggregate_csv", "officers.everything",
    "officers.file", "plans.document", "plans.read_document", "plans.read_map",
    "plans.site_neighbours", "plans.site_original",
    "plans.sites_geojson",
    "plans.sites_geopackage", "campaigns.search_progress", "flags.progress", "reports.everything",
    "reports.file", "reports.progress",
    "responses.area",
    "consultations.easy_read_pdf", "consultations.large_print_form", "consultations.paper_form",
    "consultations.plan_pdf",
    "consultations.easy_read_picture",
    "responses.map_drawing", "spaces.health", "static",
    "consultations.question_picture", "responses.answer_file", "entering.scan",
    "entering.table_to_fill",
    "api.consultation", "api.consultations", "api.figures", "api.openapi", "api.places", "api.points", "api.register",
    "api.release", "api.release_file", "api.releases", "api.responses", "api.spaces", "api.timetable",
    "areas.entry_geojson", "consultations.timetable_csv", "consultations.timetable_json",
}  # fmt: skip
OF_A_MAIL_OR_A_SECOND_STEP = {
    "consultations.look_again", "consultations.told", "digest.unsubscribing", "feedback.answers_to_me",
    "responses.confirmation", "security.reset_password",
    "security.two_factor_token_validation", "security.mf_recovery",
}  # fmt: skip
SWITCHED_OFF = {
    "security.tf_select", "security.two_factor_rescue", "security.us_setup", "security.us_signin",
    "security.us_verify_link", "security.verify",
}  # fmt: skip

IN_URDU = (  # by somebody who chose it on the front page; the form, page by page, is in test_in_urdu.py
    *(
        "/",
        "/privacy",
        "/accessibility",
        "/no-such-page",
        "/f/highfold/",
        "/f/highfold/plan/read",
        "/a/tarrow-vale/",
    ),
    *(REG14, REG14 + "respond", REG14 + "receipts/?reference=R-XXXX-XX", "/f/highfold/consultations/"),
    "/f/oldbridge/consultations/sites/told",
    "/f/nether-tarrow/consultations/reg14/about-people",
    "/f/nether-tarrow/consultations/reg14/respond?whole=1",
    *("/f/oldbridge/consultations/sites/", "/f/oldbridge/consultations/sites/respond"),
)
