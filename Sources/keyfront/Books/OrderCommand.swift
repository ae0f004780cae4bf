import ArgumentParser
import Cryptography
import Foundation
import Operations

/// `keyfront order`: what buyers asked for.
struct OrderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "order", abstract: "Orders: look, and do by hand what a gateway did not.",
        subcommands: [
            OrderListCommand.self, OrderShowCommand.self, OrderConfirmCommand.self, OrderRefundCommand.self, OrderResendCommand.self,
        ])
}

/// `keyfront order list`.
struct OrderListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "The newest orders.")

    @Option(help: "Only these: pending, fulfilled, owed, refunded, disputed, expired or review.")
    var state: String?

    @Option(help: "At most so many.")
    var limit = 100

    @OptionGroup var options: ShopOptions

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit must be 1 or more") }
    }

    func run() async throws {
        guard case .orders(let orders) = try await options.run(.orders(state: state, limit: limit)) else { throw UnexpectedAnswer() }
        try options.show(orders) {
            var table = Table("ORDER", "STATE", "AMOUNT", "CURRENCY", "QTY", "SKU", "GATEWAY", "MADE (UTC)", "PAID (UTC)")
            for order in orders {
                table.add(
                    order.order, order.state, Cell.decimal(order.amountMinor, order.currency), order.currency,
                    order.lines.map { String($0.quantity) }.joined(separator: "+"), order.lines.map(\.sku).joined(separator: "+"),
                    order.gateway, Cell.time(order.createdAt), Cell.time(order.paidAt))
            }
            return table.lines(empty: "There are no such orders.")
        }
    }
}

/// `keyfront order show`.
struct OrderShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "One order; never its keys.")

    @Argument(help: "The order's id.")
    var order: String

    @OptionGroup var options: ShopOptions

    func run() async throws { try options.show(order: try await options.run(.order(id: order))) }
}

/// `keyfront order confirm`.
struct OrderConfirmCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "confirm", abstract: "Says that an order was paid, though no notice came: its keys go out. Audited.")

    @Argument(help: "The order's id.")
    var order: String

    @Option(help: "Why you know: it stands in the audit log.")
    var reason = "confirmed on the command line"

    @OptionGroup var options: ShopOptions

    func run() async throws { try options.show(order: try await options.run(.confirm(order: order, reason: reason))) }
}

/// `keyfront order refund`.
struct OrderRefundCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refund", abstract: "Gives money back through the gateway that took it. Commissions follow. Audited.",
        discussion: """
            It is written down before the gateway is asked, so the same command again goes on where an earlier one stopped, and \
            refunds once. --by-hand moves no money: it books what you gave back yourself and no notice tells.
            """)

    @Argument(help: "The order's id.")
    var order: String

    @Option(help: "How much, in the shop's currency: 12.50. Without it: all that is left.")
    var amount: String?

    @Option(help: "Names this refund, so that repeating it refunds nothing twice.")
    var key: String?

    @Flag(help: "Only books money that you gave back yourself.")
    var byHand = false

    @OptionGroup var options: ShopOptions

    func run() async throws {
        // What is left can be refunded once; a part of it as often as a person says so, each time under a name of its own.
        let name = try key ?? (amount == nil ? "rest" : "by hand \(Base32Crockford.encode(Random.bytes(10)))")
        let command: Command =
            byHand ? .bookRefund(order: order, amount: amount, key: name) : .refund(order: order, amount: amount, key: name)
        try options.show(order: try await options.run(command))
    }
}

/// `keyfront order resend`.
struct OrderResendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "resend", abstract: "Mails the buyer again. Audited.")

    @Argument(help: "The order's id.")
    var order: String

    @OptionGroup var options: ShopOptions

    func run() async throws { try options.show(order: try await options.run(.resend(order: order))) }
}

extension RefundAnswer {
    /// What was done, for people.
    fileprivate func text(_ currency: String) -> String {
        switch state {
        case .done: "\(Cell.amount(amountMinor, currency)) given back through the gateway, and booked"
        case .waiting: "\(Cell.amount(amountMinor, currency)) taken by the gateway; it is booked when the gateway tells"
        case .byHand: "\(Cell.amount(amountMinor, currency)) booked as given back by hand: no money was moved"
        case .repeated: "nothing done: this refund was made before"
        }
    }
}

extension ShopOptions {
    fileprivate func show(order answer: Answer) throws {
        guard case .order(let order) = answer else { throw UnexpectedAnswer() }
        try show(order) {
            var lines = order.refund.map { [$0.text(order.currency)] } ?? []
            lines += [
                "order     \(order.order)",
                "state     \(order.state)",
                "amount    \(Cell.amount(order.amountMinor, order.currency))",
            ]
            if let refunded = order.refundedMinor, refunded != 0 { lines.append("refunded  \(Cell.amount(refunded, order.currency))") }
            for line in order.lines { lines.append("line      \(line.quantity) × \(line.sku)  \(line.title)") }
            if let email = order.email { lines.append("buyer     \(email)") }
            lines.append("gateway   \(order.gateway)")
            lines.append("made      \(Cell.time(order.createdAt)) UTC")
            if let paid = order.paidAt { lines.append("paid      \(Cell.time(paid)) UTC") }
            return lines
        }
    }
}
