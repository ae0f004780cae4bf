"""Opens pages in Chromium, one after the other, and reads where their payment links lead.

Arguments: "on" or "off" for scripts, then addresses. Prints [{"links": [...], "complaints": [...]}], one for each page.
"""

import json
import sys

from browser import browser, complaints

driver = browser(scripts=sys.argv[1] == "on")
try:
    seen = []
    for address in sys.argv[2:]:
        driver.get(address)
        links = [link.get_attribute("href") for link in driver.find_elements("css selector", ".pay-links a")]
        seen.append({"links": links, "complaints": complaints(driver)})
    print(json.dumps(seen))
finally:
    driver.quit()
