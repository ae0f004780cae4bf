"""WeChat Pay, API v3: native, H5 and JSAPI payments, web authorisation, query, refund, complaints, notices. Signed and checked by wechatpayv3. A merchant moves over from
platform certificates to the public key: notices are signed by either in turn, answers by the one that was asked for."""

import base64
import datetime
import json
import re
import secrets
import string
import time

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from wechatpayv3 import WeChatPay, WeChatPayType
from wechatpayv3.utils import rsa_sign, rsa_verify

from gateways.keys import Pair, certificate, pem
from gateways.simulator import Answer, Notice, Payment, Request, Simulator, Wrong, run

LETTERS = string.ascii_letters + string.digits


def random(count: int, letters: str = LETTERS) -> str:
    return "".join(secrets.choice(letters) for _ in range(count))


class WeChat(Simulator):
    kind = "wechat"
    variants = ["native", "h5"]
    forgeries = ["other key", "altered", "unsigned", "stale", "stranger", "probe"]

    def listening(self, base: str) -> None:
        self.base = base
        self.mchid, self.appid = "1" + random(9, string.digits), "wx" + random(16, string.hexdigits.lower())
        self.key = random(32)
        self.serial = secrets.token_hex(20).upper()
        self.merchant, self.public, self.platform = Pair(), Pair(), Pair()
        self.public_id = "PUB_KEY_ID_0" + self.mchid + random(20, string.digits)
        # The first of 40 digits is 0, and not written.
        found = certificate("Tenpay.com sign", self.platform, None, None, 1 << 152 | secrets.randbits(152))
        self.platform_serial = f"{found.serial_number:X}"
        self.settings = {"mchid": self.mchid, "appid": self.appid, "merchant_serial": self.serial, "public_key_id": self.public_id,
                         "scene": self.variant, "api": base}
        if self.variant == "native":
            self.settings["complaints"] = True
        self.app_secret, self.codes, self.complaints = random(32), {}, {}
        self.secrets = {"merchant_key": self.merchant.private_pem, "api_v3_key": self.key, "public_key": self.public.public_pem,
                        "platform_certificates": pem(found)}
        if self.variant == "native":
            self.secrets["app_secret"] = self.app_secret
        self.sdk = WeChatPay(
            wechatpay_type=WeChatPayType.NATIVE, mchid=self.mchid, private_key=self.merchant.private, cert_serial_no=self.serial,
            apiv3_key=self.key, appid=self.appid, public_key=self.public.public_pem, public_key_id=self.public_id)

    def answer(self, request: Request) -> Answer:
        if request.method == "GET" and request.path == "/h5":
            return Answer(b"<h1>WeChat</h1>", type="text/html")
        if request.path in ("/connect/oauth2/authorize", "/sns/oauth2/access_token"):
            return self.identify(request)
        self.check(request)
        if request.path.startswith("/v3/merchant-service/complaints-v2"):
            return self.complained(request)
        if request.method == "GET":
            order = request.path.removeprefix("/v3/pay/transactions/out-trade-no/")
            number = request.path.removeprefix("/v3/pay/transactions/id/")
            found = next((payment for payment in self.payments.values() if order == payment.order or number == payment.transaction), None)
            if found is None:
                return Answer(b'{"code":"ORDER_NOT_EXIST","message":"none"}', 404)
            return self.signed(self.transaction(found), request)
        content = json.loads(request.body)
        if request.path == "/v3/refund/domestic/refunds":
            return self.signed(self.give_back(content), request)
        scene = request.path.removeprefix("/v3/pay/transactions/")
        if scene not in (self.variant, "jsapi" if self.variant == "native" else ""):
            raise Wrong("there is no such path")
        self.open(content)
        if scene == "jsapi":
            if content["payer"]["openid"] not in self.codes.values():
                raise Wrong("nobody here is this buyer")
            return self.signed({"prepay_id": "wx" + random(36)}, request)
        if scene == "h5":
            if not content["scene_info"]["payer_client_ip"] or not content["scene_info"]["h5_info"]["type"]:
                raise Wrong("the buyer's address is missing")
            return self.signed({"h5_url": f"{self.base}/h5?prepay_id=wx{random(20)}&package={random(10, string.digits)}"}, request)
        return self.signed({"code_url": f"weixin://wxpay/bizpayurl?pr={random(9)}"}, request)

    def identify(self, request: Request) -> Answer:
        """Web authorisation: the browser comes with our address and leaves with a code, which is good once."""
        pairs = request.pairs()
        if pairs["appid"] != self.appid:
            raise Wrong("invalid appid")
        if request.path.endswith("authorize"):
            if (pairs["response_type"], pairs["scope"]) != ("code", "snsapi_base") or "MicroMessenger" not in request.headers["user-agent"]:
                raise Wrong("redirect_uri and a browser of ours are asked for")
            code = "0" + random(31)
            self.codes[code] = "o" + random(27)
            back = pairs["redirect_uri"]
            where = f"{back}{'&' if '?' in back else '?'}code={code}&state={pairs['state']}"
            return Answer(b"", 302, "text/html", {"Location": where})
        if (pairs["secret"], pairs["grant_type"]) != (self.app_secret, "authorization_code"):
            return Answer(b'{"errcode":40125,"errmsg":"invalid appsecret"}', type="text/plain")
        found = self.codes.get(pairs["code"], "used")
        if found.startswith("used"):
            return Answer(b'{"errcode":40163,"errmsg":"code been used"}', type="text/plain")
        self.codes[pairs["code"]] = "used"
        self.codes["openid " + found] = found
        return Answer(json.dumps({"access_token": random(40), "expires_in": 7200, "openid": found, "scope": "snsapi_base"}).encode(),
                      type="text/plain")

    def page(self, parameters: dict) -> dict:
        """What the shop's page hands to WeChat: the SDK signs the same text with the merchant's key, and PKCS #1 signs alike each time."""
        text = [self.appid, parameters["timeStamp"], parameters["nonceStr"], parameters["package"]]
        if not re.fullmatch(r"prepay_id=wx\w{36}", parameters["package"]) or abs(time.time() - int(parameters["timeStamp"])) > 300:
            raise Wrong("no such payment")
        if (parameters["appId"], parameters["signType"], parameters["paySign"]) != (self.appid, "RSA", self.sdk.sign(text)):
            raise Wrong("the parameters are signed otherwise")
        return {"replies": []}

    def complained(self, request: Request) -> Answer:
        identifier = request.path.removeprefix("/v3/merchant-service/complaints-v2").removeprefix("/")
        if identifier:
            return self.signed(self.complaints[identifier], request)
        pairs = request.pairs()
        if set(pairs) != {"limit", "offset", "begin_date", "end_date", "complainted_mchid"} or pairs["complainted_mchid"] != self.mchid:
            raise Wrong("PARAM_ERROR")
        if not 1 <= int(pairs["limit"]) <= 50:
            raise Wrong("PARAM_ERROR")
        first, last = (datetime.date.fromisoformat(pairs[name]) for name in ("begin_date", "end_date"))
        if not 0 <= (last - first).days < 30:
            raise Wrong("PARAM_ERROR")
        page = list(self.complaints.values())[int(pairs["offset"]):][:int(pairs["limit"])]
        return self.signed({"data": page, "limit": int(pairs["limit"]), "offset": int(pairs["offset"]),
                            "total_count": len(self.complaints)}, request)

    def complain(self, order: str) -> dict:
        """A buyer complains, and nobody tells the shop."""
        self.complaint(self.payments[order], {"kind": "disputed"})
        return {}

    def complaint(self, payment: Payment, event: dict) -> dict:
        """The complaint as it is now; its notice names it and says no more."""
        number = payment.extra.setdefault("complaint", "2002" + random(20, string.digits))
        self.complaints[number] = {
            "complaint_id": number, "complaint_time": now(), "complaint_detail": "没有收到卡密",
            "complaint_state": "PROCESSED" if event["kind"] == "closed" else "PENDING", "payer_phone": "", "user_complaint_times": 1,
            "complaint_order_info": [{"transaction_id": payment.transaction, "out_trade_no": payment.order, "amount": payment.amount}]}
        return {"complaint_id": number, "action_type": "COMPLAINT_CLOSED" if event["kind"] == "closed" else "CREATE_COMPLAINT"}

    def check(self, request: Request) -> None:
        """The signature over method, path, time, nonce and body, which the SDK's own check covers when the first two come with the time."""
        scheme, _, rest = request.headers["authorization"].partition(" ")
        signed = dict(re.findall(r'(\w+)="([^"]*)"', rest))
        path = request.path + (f"?{request.query}" if request.query else "")
        known = rsa_verify(f"{request.method}\n{path}\n{signed['timestamp']}", signed["nonce_str"], request.body.decode(),
                           signed["signature"], self.merchant.key.public_key())
        if scheme != "WECHATPAY2-SHA256-RSA2048" or not known:
            raise Wrong("SIGN_ERROR")
        if (signed["mchid"], signed["serial_no"]) != (self.mchid, self.serial) or abs(time.time() - int(signed["timestamp"])) > 300:
            raise Wrong("another merchant, certificate, or time")
        if request.headers.get("accept") != "application/json" or "user-agent" not in request.headers:
            raise Wrong("Accept and User-Agent are asked for")

    def open(self, content: dict) -> None:
        order, amount = content["out_trade_no"], content["amount"]
        if (content["appid"], content["mchid"], amount["currency"]) != (self.appid, self.mchid, "CNY") or type(amount["total"]) is not int:
            raise Wrong("PARAM_ERROR")
        if not re.fullmatch(r"[0-9A-Za-z_\-|*]{6,32}", order) or "?" in content["notify_url"] or len(content["description"].encode()) > 127:
            raise Wrong("PARAM_ERROR")
        datetime.datetime.fromisoformat(content["time_expire"])
        self.payments.setdefault(order, Payment(
            order, amount["total"], "CNY", "42000" + random(23, string.digits), content["notify_url"],
            extra={"attach": content.get("attach"), "refunds": {}}))

    def transaction(self, payment: Payment, amount: int | None = None) -> dict:
        paid = {"transaction_id": payment.transaction, "success_time": now()} if payment.paid else {}
        state = "NOTPAY" if not payment.paid else "REFUND" if payment.refunded else "SUCCESS"
        attach = {"attach": payment.extra["attach"]} if payment.extra["attach"] else {}
        return paid | attach | {
            "mchid": self.mchid, "appid": self.appid, "out_trade_no": payment.order, "trade_state": state, "trade_type": "NATIVE",
            "trade_state_desc": "", "amount": {"total": payment.amount if amount is None else amount, "currency": "CNY",
                                               "payer_total": payment.amount, "payer_currency": "CNY"}}

    def give_back(self, content: dict) -> dict:
        payment = next(payment for payment in self.payments.values() if payment.transaction == content["transaction_id"])
        number, amount = content["out_refund_no"], content["amount"]
        if amount["total"] != payment.amount or amount["currency"] != "CNY" or "?" in content["notify_url"]:
            raise Wrong("PARAM_ERROR")
        if number not in payment.extra["refunds"]:
            event = self.refunded(payment, amount["refund"], number)
            payment.extra["refunds"][number] = "5" + random(27, string.digits)
            self.caused.append((payment, event))
        return {"refund_id": payment.extra["refunds"][number], "out_refund_no": number, "transaction_id": payment.transaction,
                "out_trade_no": payment.order, "status": "PROCESSING", "amount": {"refund": amount["refund"], "total": payment.amount}}

    def signed(self, content: dict, request: Request) -> Answer:
        body = json.dumps(content, ensure_ascii=False)
        return Answer(body.encode(), headers=self.signature(body, request.headers.get("wechatpay-serial") == self.public_id))

    def signature(self, body: str, public: bool, at: int | None = None, forged=False) -> dict:
        at, nonce = str(int(time.time()) if at is None else at), random(32)
        pair = Pair() if forged else self.public if public else self.platform
        return {"Wechatpay-Timestamp": at, "Wechatpay-Nonce": nonce, "Wechatpay-Signature-Type": "WECHATPAY2-SHA256-RSA2048",
                "Wechatpay-Serial": self.public_id if public else self.platform_serial,
                "Wechatpay-Signature": rsa_sign(pair.key, f"{at}\n{nonce}\n{body}\n")}

    def notice(self, payment: Payment, event: dict, forged=False, stale=False, stranger=False, probe=False) -> Notice:
        if event["kind"] == "paid":
            kind, resource = "TRANSACTION.SUCCESS", self.transaction(payment, event["amount"]) | {
                "trade_state": "SUCCESS", "transaction_id": payment.transaction, "success_time": now()}
        elif event["kind"] == "refunded":
            kind, resource = "REFUND.SUCCESS", {
                "mchid": self.mchid, "transaction_id": payment.transaction, "out_trade_no": payment.order, "refund_id": event["refund"],
                "out_refund_no": event["request"] or event["refund"], "refund_status": "SUCCESS", "success_time": now(),
                "user_received_account": "招商银行信用卡0403",
                "amount": {"total": payment.amount, "refund": event["amount"], "payer_total": payment.amount, "payer_refund": event["amount"]}}
        else:
            kind, resource = f"COMPLAINT.{'STATE_CHANGE' if event['kind'] == 'closed' else 'CREATE'}", self.complaint(payment, event)
        if stranger:
            resource["mchid"] = "1900000001"
        nonce = random(12)
        sealed = AESGCM(self.key.encode()).encrypt(nonce.encode(), json.dumps(resource, ensure_ascii=False).encode(), b"transaction")
        body = json.dumps({
            "id": f"EV-{event['id']}", "create_time": now(), "resource_type": "encrypt-resource", "event_type": kind, "summary": "支付成功",
            "resource": {"algorithm": "AEAD_AES_256_GCM", "ciphertext": base64.b64encode(sealed).decode(), "nonce": nonce,
                         "original_type": "transaction", "associated_data": "transaction"}}, ensure_ascii=False)
        self.count += 1
        public = self.count % 2 == 0
        headers = self.signature(body, public, int(time.time()) - 360 if stale else None, forged)
        if public and not (forged or stale) and self.sdk.callback(headers, body)["resource"] != resource:
            raise Wrong("the SDK reads the notice otherwise")
        if probe:
            headers["Wechatpay-Signature"] = "WECHATPAY/SIGNTEST/" + headers["Wechatpay-Signature"]
        return Notice(payment.url, headers | {"Content-Type": "application/json"}, body.encode())

    def altered(self, notice: Notice, payment: Payment) -> Notice:
        notice.body = notice.body.replace(b"TRANSACTION.SUCCESS", b"TRANSACTION.SUCCES\xc5\xbf")
        return notice

    def unsigned(self, notice: Notice) -> Notice:
        return notice.without("wechatpay-signature")


def now() -> str:
    return datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).isoformat(timespec="seconds")


if __name__ == "__main__":
    run(WeChat)
