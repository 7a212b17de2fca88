"""A broadcast by two people in two windows: written, approved and sent; the page counts by itself."""

import pytest

AT = "/escalations/incidents/I-101/"


@pytest.mark.browser
@pytest.mark.mission("M42", "P7")
def test_from_an_outage_to_a_letter_in_her_own_thread(office, smtp_sink):
    office.write("La aduana ha rechazado 38 paquetes.")
    smtp_sink.wait_for(1)  # the acknowledgement: her ticket is there
    emil = office.window("emil", "/escalations/incidents/new/")
    emil.get_by_label("Name", exact=True).fill("Customs code missing on labels")
    emil.get_by_label("Do say").fill("A corrected label is printed by itself.")
    emil.get_by_role("button", name="Write it down").click()
    emil.get_by_label("Found by").select_option("hand")
    emil.get_by_label("Which", exact=True).fill("#1001")
    emil.get_by_role("button", name="Find", exact=True).click()
    emil.get_by_role("cell", name="Picked by hand").wait_for()
    emil.get_by_role("button", name="Tell them", exact=True).click()
    emil.get_by_role("button", name="Write it", exact=True).click()
    emil.get_by_label("Subject, where they have no ticket yet").fill("Labels")
    emil.get_by_label("Words", exact=True).fill("Hello {first_name},\n\nwe know the cause. {number}")
    emil.get_by_role("button", name="Keep", exact=True).click()
    emil.get_by_text("somebody else approves what you wrote").wait_for()
    emil.get_by_role("button", name="List recipients").click()
    emil.get_by_text("Not all words are approved").wait_for()

    noor = office.window("noor", f"{AT}broadcasts/1/")
    noor.get_by_role("button", name="Approve", exact=True).click()
    noor.get_by_text("Approved by Noor van Dijk").wait_for()

    emil.reload()
    emil.get_by_role("button", name="Send 1 letter").click()
    emil.locator("#sure").get_by_role("button", name="Send", exact=True).click()
    told = smtp_sink.wait_for(2)[-1]
    assert told.recipients == ["carla@acme-outdoor.example"]
    words = told.message.get_body(("plain",)).get_content().split()
    assert words[:7] == ["Hello", "Carla,", "we", "know", "the", "cause.", "#1001"]
    emil.locator(".sending h2", has_text="Finished").wait_for()  # without a reload
    ada = office.window("ada", "/tickets/1001/")
    ada.get_by_text("Customs code missing on labels").first.click()
    assert ada.get_by_text("A corrected label is printed by itself.").is_visible()
    assert office.broken == []
