extension GatewayAccount {
    /// An account that comes from no file: its diagnostics point at `location` and show no line.
    package init(name: String, kind: String, settings: [String: Setting] = [:], location: SourceLocation) {
        self.init(
            name: name, kind: kind, settings: settings, location: location, locations: [:],
            source: SourceText(path: location.path, bytes: []))
    }
}
