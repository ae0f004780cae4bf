"""Looks at pages of a built site in one Chromium: layout shift, overflow, axe, console, weight, keyboard.

Reads JSON from standard input, prints one line of JSON.
  site      the built folder (served on loopback for as long as this runs)
  pages     paths, such as "products/lamp/"
  widths    in CSS pixels
  keyboard  optional: pages to go through with the Tab key
  searches  optional: [page, words] to look for with the keyboard alone
  pictures  optional: a folder for screenshots
"""

import base64
import functools
import http.server
import json
import pathlib
import sys
import threading
import urllib.parse

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from browser import browser, complaints, violations

WATCH = """
window.__shift = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.__shift += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""

MEASURE = """
const done = arguments[arguments.length - 1];
const settle = () => new Promise(next => requestAnimationFrame(() => requestAnimationFrame(next)));
(async () => {
  await document.fonts.ready;
  for (const image of document.images) image.loading = "eager";
  scrollTo({top: document.body.scrollHeight, behavior: "instant"});
  await Promise.all([...document.images].map(image => image.decode().catch(() => {})));
  await settle();
  scrollTo({top: 0, behavior: "instant"});
  await settle();
  const page = performance.getEntriesByType("navigation")[0];
  const others = performance.getEntriesByType("resource").filter(entry => entry.initiatorType !== "img" && !/\\.(svg|png|jpe?g|webp|avif|gif|ico)$/.test(entry.name));
  const root = document.documentElement;
  const wide = root.scrollWidth > root.clientWidth
    ? [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > root.clientWidth + 1).slice(0, 3).map(e => e.outerHTML.slice(0, 120))
    : [];
  done({
    shift: window.__shift, overflow: Math.max(0, root.scrollWidth - root.clientWidth), wide,
    weight: page.encodedBodySize + others.reduce((sum, entry) => sum + entry.encodedBodySize, 0),
    broken: [...document.images].filter(image => !image.naturalWidth).map(image => image.src),
    language: root.lang,
  });
})();
"""

FOCUS = """
const element = document.activeElement;
if (!element || element === document.body) return null;
const style = getComputedStyle(element);
const around = element.closest("label") ? getComputedStyle(element.closest("label")) : style;
return {
  name: element.name || element.getAttribute("href") || element.type || element.tagName,
  kind: element.tagName.toLowerCase() + (element.type ? ":" + element.type : ""),
  visible: [style, around].some(s => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== "none"),
};
"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def press_tab(driver) -> None:
    for kind in ("rawKeyDown", "keyUp"):
        driver.execute_cdp_cmd("Input.dispatchKeyEvent", {"type": kind, "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9})


def search(driver, address: str, words: str) -> dict:
    """Goes to the search field with Tab, types, takes the first answer with the arrow and Enter; where that led."""
    driver.get(address)
    for _ in range(20):
        press_tab(driver)
        if driver.execute_script("return document.activeElement?.type === 'search'"):
            break
    field = driver.switch_to.active_element
    field.send_keys(words)
    wait = WebDriverWait(driver, 20)
    options = wait.until(lambda page: [option.text for option in page.find_elements(By.CSS_SELECTOR, "[role=option]")])
    held = violations(driver)
    field.send_keys(Keys.ARROW_DOWN)
    field.send_keys(Keys.ENTER)
    wait.until(lambda page: page.current_url != address)
    return {"options": options, "path": urllib.parse.urlsplit(driver.current_url).path, "axe": held}


def keyboard(driver, address: str) -> list[dict]:
    """Presses Tab from the top of a page until the focus leaves it; what had it, in order."""
    driver.get(address)
    seen = []
    for _ in range(120):
        press_tab(driver)
        focus = driver.execute_script(FOCUS)
        if focus is None:
            break
        seen.append(focus)
    return seen


def main() -> None:
    task = json.load(sys.stdin)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=task["site"]))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}/"
    driver = browser(width=1440, height=900)
    driver.set_script_timeout(60)
    driver.execute_cdp_cmd("Network.enable", {})
    driver.execute_cdp_cmd("Network.setCacheDisabled", {"cacheDisabled": True})  # each weight is that of a first visit
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
    looks = []
    try:
        for width in task["widths"]:
            driver.execute_cdp_cmd(
                "Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 700})
            for scheme in ("light", "dark"):
                driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [
                    {"name": "prefers-color-scheme", "value": scheme}, {"name": "prefers-reduced-motion", "value": "reduce"}]})
                for path in task["pages"]:
                    driver.get(base + path)
                    look = driver.execute_async_script(MEASURE)
                    look["axe"] = violations(driver)
                    look.update(page=path, width=width, scheme=scheme, complaints=complaints(driver))
                    looks.append(look)
                    if "pictures" in task:
                        name = (path.strip("/").replace("/", "-") or "home") + f"-{width}-{scheme}.png"
                        size = driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
                        shot = driver.execute_cdp_cmd("Page.captureScreenshot", {
                            "captureBeyondViewport": True, "clip": {"x": 0, "y": 0, "width": width, "height": min(size["height"], 4000), "scale": 1}})
                        pathlib.Path(task["pictures"], name).write_bytes(base64.b64decode(shot["data"]))
        steps = {path: keyboard(driver, base + path) for path in task.get("keyboard", [])}
        searches = [search(driver, base + path, words) for path, words in task.get("searches", [])]
    finally:
        driver.quit()
        server.shutdown()
    print(json.dumps({"looks": looks, "keyboard": steps, "searches": searches}, ensure_ascii=False))


if __name__ == "__main__":
    main()
