/// What `FormFields` throws, without the rest of the server.
struct Problem: Error {
    enum Code { case badRequest }

    init(_ code: Code, _ detail: String) {}
}
