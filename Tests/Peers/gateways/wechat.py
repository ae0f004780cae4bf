"""WeChat Pay, API v3: native and H5 payments, query, refund, notices. Signed and checked by wechatpayv3. A merchant moves over from
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
        self.secrets = {"merchant_key": self.merchant.private_pem, "api_v3_key": self.key, "public_key": self.public.public_pem,
                        "platform_certificates": pem(found)}
        self.sdk = WeChatPay(
            wechatpay_type=WeChatPayType.NATIVE, mchid=self.mchid, private_key=self.merchant.private, cert_serial_no=self.serial,
            apiv3_key=self.key, appid=self.appid, public_key=self.public.public_pem, public_key_id=self.public_id)

    def answer(self, request: Request) -> Answer:
        if request.method == "GET" and request.path == "/h5":
            return Answer(b"<h1>WeChat</h1>", type="text/html")
        self.check(request)
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
        if scene != self.variant:
            raise Wrong("there is no such path")
        self.open(content)
        if scene == "h5":
            if not content["scene_info"]["payer_client_ip"] or not content["scene_info"]["h5_info"]["type"]:
                raise Wrong("the buyer's address is missing")
            return self.signed({"h5_url": f"{self.base}/h5?prepay_id=wx{random(20)}&package={random(10, string.digits)}"}, request)
        return self.signed({"code_url": f"weixin://wxpay/bizpayurl?pr={random(9)}"}, request)

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
            raise Wrong("complaints go to another address")
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
