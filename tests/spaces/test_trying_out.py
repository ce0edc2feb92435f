from consult import jobs
from consult.app import create_app
from consult.settings import Settings


def test_the_demo_shows_its_mail_newest_first(app, client):
    assert "No mail yet" in client.page("/demo/mail").text
    for name in ("one", "two"):
        client.send("/sign-in/code", identity=f"{name}@example.org")
        with app.app_context():
            jobs.run_due()
        import time

        time.sleep(1.1)  # a mail's file is named after its second
    page = client.page("/demo/mail")
    assert page.text.index("two@example.org") < page.text.index("one@example.org")


def test_the_demo_signs_in_its_people_with_one_click(client, world):
    page = client.page("/demo/sign-in")
    assert "Chair of Ash" in page.text
    assert "Chair of Ash Hill Neighbourhood Forum" in page.text
    assert client.send(f"/demo/sign-in/{world.person['ash', 'chair']}").location == "/account"
    assert "Ash Hill" in client.page("/account").text
    assert "Sign out first" in client.page("/demo/sign-in").text


def test_nobody_with_an_address_of_their_own_is_offered(app, client):
    client.send("/account/new", name="Real Rita", email="rita@real.uk")
    assert "Real Rita" not in client.page("/demo/sign-in").text


def test_none_of_it_exists_outside_the_demo(tmp_path):
    app = create_app(Settings.read({"DATA_DIR": str(tmp_path), "SECRET_KEY": "x" * 40}), TESTING=True)
    paths = {rule.rule for rule in app.url_map.iter_rules()}
    assert "/sign-in" in paths
    assert not any(path.startswith("/demo") for path in paths)
