import Catalog
import Cryptography
import Foundation
import Operations
import Payments
import Transport

/// What the shop depends on beyond its own folder.
extension Examination {
    /// Gateways sign with the time, and most of them believe a clock that is five minutes off no more than we do.
    mutating func lookAtClock() {
        let now = Date().formatted(.iso8601)
        switch Self.isClockKept() {
        case true: note("clock", .well, "\(now), kept right by the system")
        case false: note("clock", .doubt, "\(now), and the system does not keep it right\nhint: timedatectl set-ntp true")
        case nil:
            note(
                "clock", .doubt,
                "\(now); nothing here says whether it is kept right\nhint: compare it: notices are refused when it is five minutes off")
        }
    }

    /// What systemd says of the clock, whoever keeps it; nil where there is no systemd to ask.
    private static func isClockKept() -> Bool? {
        let tool = URL(fileURLWithPath: "/usr/bin/timedatectl")
        guard FileManager.default.isExecutableFile(atPath: tool.path), FileManager.default.fileExists(atPath: "/run/systemd/system") else {
            return nil
        }
        let (process, output) = (Process(), Pipe())
        process.executableURL = tool
        process.arguments = ["show", "--property", "NTPSynchronized", "--value"]
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil, let bytes = try? output.fileHandleForReading.readToEnd() else { return nil }
        process.waitUntilExit()
        switch String(decoding: bytes, as: UTF8.self).prefix(3) {
        case "yes": return true
        case "no\n": return false
        default: return nil
        }
    }

    /// Each account by itself: its settings, its secrets, and the address that its notices come to.
    mutating func lookAtGateways(_ place: ShopPlace, _ keyring: Keyring) {
        let shop = place.shop
        if shop.gateways.isEmpty {
            note("gateways", .fault, "shop.yaml names none: nobody can pay\nhint: add one under gateways:, see docs/gateways")
        }
        for account in shop.gateways {
            let address = "\(shop.webhook.url)/notify/\(account.name)"
            do {
                _ = try GatewaySet(
                    accounts: [account], webhookURL: shop.webhook.url, listenHost: shop.webhook.host, secrets: place.secrets,
                    sandboxKey: keyring.subkey("sandbox"), http: .unreachable)
            } catch {
                note("gateway \(account.name)", .fault, "\(error)")
                continue
            }
            if let (state, doubt) = Self.doubt(of: address, kind: account.kind) {
                note("gateway \(account.name)", state, "\(account.kind): \(doubt)")
            } else {
                note("gateway \(account.name)", .well, "\(account.kind), settings and secrets are in order, notices at \(address)")
            }
        }
    }

    /// What is wrong with an address for notices; nil when nothing is.
    private static func doubt(of address: String, kind: String) -> (Finding.State, String)? {
        guard let known = WebAddress(address), address.utf8.count <= 255 else {
            return (.fault, "\(address) is no address for notices: https, at most 255 characters, no query")
        }
        if known.isLoopback, kind != GatewayKind.sandbox.rawValue {
            return (.doubt, "\(address) leads to this machine alone: the gateway cannot tell of payments there\nhint: set webhook.url")
        }
        return nil
    }

    /// As a mail is sent, up to the login: greeting, EHLO, encryption, password. No mail is sent.
    mutating func lookAtMail(_ place: ShopPlace) async {
        guard let mail = place.shop.mail else {
            note("mail", .fault, "shop.yaml has no mail: buyers would never get their keys by mail")
            return
        }
        do {
            let from = try Mailbox(parsing: mail.from)
            let client = try SMTPClient(
                url: mail.smtp, password: try place.smtpPassword(mail), connections: 1, helloName: from.address.domain, timeout: 15)
            try await client.check()
            note("mail", .well, "\(mail.smtp) answers, and takes our EHLO and login; no mail was sent")
        } catch {
            note("mail", .fault, "\(mail.smtp): \(error)")
        }
    }

    mutating func lookAtDaemon(_ place: ShopPlace) {
        let client = try? ControlClient.connect(path: place.controlSocket)
        note(
            "daemon", client == nil ? .doubt : .well,
            client == nil
                ? "none runs: nobody can buy\nhint: keyfront-webhook --shop \(place.folder)" : "runs, and answers at \(place.controlSocket)"
        )
    }
}
