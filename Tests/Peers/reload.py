"""Keeps one page open and waits, without ever touching it, until its title has each of the given words in turn.

usage: reload.py URL STAGE-FILE WORD...    writes into STAGE-FILE how many words it has seen, before it waits for the next
"""

import json
import os
import sys

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.support.wait import WebDriverWait

from browser import browser, complaints


def main(url: str, stage: str, *words: str) -> None:
    driver = browser(width=768)
    try:
        driver.get(url)
        titles = [driver.title]
        for number, word in enumerate(words):
            with open(stage + ".next", "w", encoding="utf-8") as file:
                file.write(str(number))
            os.rename(stage + ".next", stage)
            WebDriverWait(driver, 30, poll_frequency=0.05, ignored_exceptions=[WebDriverException]).until(lambda page: word in page.title)
            titles.append(driver.title)
        print(json.dumps({"titles": titles, "complaints": complaints(driver)}, ensure_ascii=False))
    finally:
        driver.quit()


if __name__ == "__main__":
    main(*sys.argv[1:])
