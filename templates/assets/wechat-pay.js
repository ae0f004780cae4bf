// Inside WeChat: hands the payment to WeChat when the page is open, and again when the button is pressed; then shows the order.
(() => {
  const button = document.querySelector("[data-pay]");
  if (!button) return;
  const pay = () => {
    WeixinJSBridge.invoke("getBrandWCPayRequest", JSON.parse(button.dataset.pay), (result) => {
      if (result.err_msg === "get_brand_wcpay_request:ok") location.replace(button.dataset.order);
    });
  };
  const begin = () => {
    button.addEventListener("click", pay);
    pay();
  };
  if (window.WeixinJSBridge) begin();
  else document.addEventListener("WeixinJSBridgeReady", begin);
})();
