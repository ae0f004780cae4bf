import ArgumentParser
import Foundation

/// Runs the daemon and turns its end into an exit code: 0 well, 1 refused or failed, 2 usage.
@main
enum Main {
    static func main() async {
        do {
            let daemon = try KeyfrontWebhook.parse()
            do {
                try await daemon.run()
            } catch {
                exit(1)
            }
        } catch {
            let text = KeyfrontWebhook.fullMessage(for: error) + "\n"
            // Asked for help or the version: that is no mistake.
            let isHelp = KeyfrontWebhook.exitCode(for: error) == .success
            (isHelp ? FileHandle.standardOutput : .standardError).write(Data(text.utf8))
            exit(isHelp ? 0 : 2)
        }
    }
}
