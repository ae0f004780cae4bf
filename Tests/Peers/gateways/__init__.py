"""Payment gateways as their documents describe them, each speaking through its own SDK: the second opinion on what we send and accept."""
