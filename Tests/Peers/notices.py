"""Signs Standard Webhooks notices with that scheme's own library and sends them, many at once.

Reads {"url", "secret", "concurrency", "notices": [{"id", "type", "order", "amountMinor", "currency", "transaction", "times"}]} from
standard input; prints [{"order", "status"}], one for each sending, status 0 where no answer came.
"""

import concurrent.futures
import datetime
import http.client
import json
import sys
import threading
import urllib.parse

from standardwebhooks import Webhook

from suite_logs import forbid

job = json.load(sys.stdin)
target = urllib.parse.urlsplit(job["url"])
webhook = Webhook(job["secret"])
local = threading.local()


def connection() -> http.client.HTTPConnection:
    if not hasattr(local, "connection"):
        local.connection = http.client.HTTPConnection(target.hostname, target.port, timeout=20)
    return local.connection


def send(notice: dict) -> dict:
    now = datetime.datetime.now(datetime.timezone.utc)
    body = json.dumps({
        "type": notice.get("type", "payment.paid"),
        "timestamp": now.isoformat(),
        "data": {
            "order_id": notice["order"], "amount_minor": notice["amountMinor"], "currency": notice["currency"],
            "transaction_id": notice["transaction"],
        },
    })
    headers = {
        "content-type": "application/json", "webhook-id": notice["id"], "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": webhook.sign(notice["id"], now, body),
    }
    forbid(headers, body=body.encode())
    try:
        connection().request("POST", target.path, body, headers)
        answer = connection().getresponse()
        answer.read()
        return {"order": notice["order"], "status": answer.status}
    except (OSError, http.client.HTTPException):
        connection().close()
        return {"order": notice["order"], "status": 0}


sendings = [notice for notice in job["notices"] for _ in range(notice.get("times", 1))]
with concurrent.futures.ThreadPoolExecutor(job.get("concurrency", 16)) as pool:
    print(json.dumps(list(pool.map(send, sendings))))
