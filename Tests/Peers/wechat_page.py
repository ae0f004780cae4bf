"""Opens a payment inside WeChat in Chromium that says it is WeChat, with a bridge that notes what it is handed and says "ok".

Argument: the address that the buy form leads to. Prints {"handed", "address", "complaints"}: what the page's script handed over, where it went.
"""

import json
import sys

from selenium.webdriver.support.wait import WebDriverWait

from browser import browser, complaints

BRIDGE = """
window.WeixinJSBridge = {invoke(name, parameters, done) {
  sessionStorage.setItem("handed", JSON.stringify([name, parameters]));
  done({err_msg: "get_brand_wcpay_request:ok"});
}};
"""

driver = browser()
try:
    driver.execute_cdp_cmd("Network.setUserAgentOverride", {"userAgent": "Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 MicroMessenger/8.0.50"})
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": BRIDGE})
    driver.get(sys.argv[1])
    WebDriverWait(driver, 20).until(lambda driver: "/orders/" in driver.current_url and "/pay" not in driver.current_url)
    print(json.dumps({
        "handed": json.loads(driver.execute_script("return sessionStorage.getItem('handed')")), "address": driver.current_url,
        "complaints": complaints(driver)}))
finally:
    driver.quit()
