"""Buys one product in Chromium as a person would, from a promoter's link to the order page, and prints what it saw as JSON.

usage: purchase.py URL SKU EMAIL {on,off} LANGUAGE [SCREENSHOT-FOLDER]
"""

import json
import pathlib
import sys

from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from browser import browser, complaints, violations


def main(url: str, sku: str, email: str, scripts: str, language: str, pictures: str = "") -> None:
    driver = browser(scripts=scripts == "on", language=language)
    seen = {"pages": [], "axe": []}

    def look(name: str) -> None:
        seen["pages"].append({"name": name, "title": driver.title, "language": driver.find_element(By.TAG_NAME, "html").get_attribute("lang")})
        if scripts == "on":
            seen["axe"] += [f"{name}: {violation}" for violation in violations(driver)]
        if pictures:
            driver.save_screenshot(str(pathlib.Path(pictures) / f"{name}-{language}-scripts-{scripts}.png"))

    try:
        driver.get(url)
        look("landing")
        choice = driver.find_element(By.CSS_SELECTOR, f'form input[name="sku"][value="{sku}"]')
        form = choice.find_element(By.XPATH, "./ancestor::form")
        for folded in form.find_elements(By.XPATH, "./ancestor::details[not(@open)]/summary"):
            folded.click()
        if choice.get_attribute("type") == "radio" and not choice.is_selected():
            form.find_element(By.CSS_SELECTOR, f'label[for="{choice.get_attribute("id")}"]').click()
        seen["ref"] = form.find_element(By.NAME, "ref").get_attribute("value")
        form.find_element(By.NAME, "email").send_keys(email)
        button = form.find_element(By.CSS_SELECTOR, "button[type=submit], button:not([type])")
        ActionChains(driver).scroll_to_element(button).perform()
        button.click()
        wait = WebDriverWait(driver, 30, ignored_exceptions=[NoSuchElementException, StaleElementReferenceException])
        pay = wait.until(lambda page: page.find_element(By.CSS_SELECTOR, 'button[value="pay"]'))
        look("pay")
        pay.click()
        # The order page refreshes itself until the key is there, with scripts or without.
        keys = wait.until(lambda page: [element.text for element in page.find_elements(By.CSS_SELECTOR, "ul.keys code")])
        look("order")
        seen.update(keys=keys, complaints=complaints(driver), text=driver.find_element(By.TAG_NAME, "body").text)
    finally:
        driver.quit()
    print(json.dumps(seen, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
