def test_the_front_page_lists_bodies_under_their_authority(client):
    page = client.page("/")
    assert "Northam District Council" in page.text
    assert page.text.index("Northam District Council") < page.text.index("Ash Hill Neighbourhood Forum")


def test_a_space_has_a_home(client):
    assert "Ash Hill Neighbourhood Forum" in client.page("/f/ash/").text
    assert "Northam District Council" in client.page("/a/northam/").text
    assert client.get("/a/ash/").status_code == 404
    assert client.get("/f/nowhere/").status_code == 404


def test_the_pages_about_the_service_are_there(client):
    assert client.page("/privacy").status == 200
    assert client.page("/accessibility").status == 200
    assert client.get("/healthz").json == {"status": "ok"}
