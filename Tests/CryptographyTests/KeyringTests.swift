import Cryptography
import Foundation
import Testing

struct KeyringTests {
    private func folder() throws -> String {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("keyfront-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    private let first = [UInt8](0..<32)
    private let second = [UInt8](100..<132)

    @Test("A new key file is its owner's alone, reads back, and is never overwritten")
    func createAndRead() throws {
        let path = try folder() + "/master.key"
        let made = try MasterKey.create(file: path)
        let mode = try #require(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
        #expect(mode == 0o600)
        #expect(try MasterKey(file: path).current.copy == made.current.copy)
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(throws: CryptographyError.self) { try MasterKey.create(file: path) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }

    @Test("A key file that others may read is refused, with what to do about it", arguments: [0o644, 0o640, 0o604, 0o620, 0o666])
    func modes(mode: Int) throws {
        let path = try folder() + "/master.key"
        try MasterKey.create(file: path)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        let error = #expect(throws: CryptographyError.self) { try MasterKey(file: path) }
        #expect(error?.description == "\(path): others than its owner may read or write this file\n  hint: chmod 600 \(path)")
    }

    @Test(
        "A file without a real key is refused, and the text in it stays out of the error",
        arguments: [
            "", "\n\n# nothing\n", "changeme", "CHANGE-ME-CHANGE-ME-CHANGE-ME-CHANGE-ME-1234",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            "c2hvcnQga2V5",
        ])
    func placeholders(text: String) throws {
        let path = try folder() + "/master.key"
        try PrivateFile.create(path, Array(text.utf8))
        let error = #expect(throws: CryptographyError.self) { try MasterKey(file: path) }
        #expect(error?.code == .invalidKey)
        #expect(text.count < 6 || error?.description.contains(text) == false)
    }

    @Test("A missing file, a folder, and a file that is too large are refused")
    func notFiles() throws {
        let folder = try folder()
        try PrivateFile.create(folder + "/large", [UInt8](repeating: 0x23, count: 20_000))
        for path in [folder + "/none", folder, folder + "/large"] {
            let error = #expect(throws: CryptographyError.self) { try MasterKey(file: path) }
            #expect(error?.code == .keyFile)
        }
    }

    @Test("A data key comes back from its wrapped form, under the right master key alone")
    func wrapping() throws {
        let keyring = Keyring(master: try MasterKey(keys: [first]))
        let (wrapped, key) = try keyring.newDataKey()
        #expect(try keyring.unwrap(wrapped).copy == key.copy)
        let stranger = Keyring(master: try MasterKey(keys: [second]))
        let error = #expect(throws: CryptographyError.self) { try stranger.unwrap(wrapped) }
        #expect(error?.code == .notAuthentic)
        #expect(try keyring.newDataKey().key.copy != key.copy)
    }

    @Test("After a rotation old data keys open, new ones do not need the former key, digests and tokens stay")
    func rotation() throws {
        let before = Keyring(master: try MasterKey(keys: [first]))
        let after = Keyring(master: try MasterKey(keys: [second, first]))
        let (wrapped, key) = try before.newDataKey()
        #expect(after.isWrappedByFormerKey(wrapped))
        let rewrapped = try after.rewrap(wrapped)
        #expect(!after.isWrappedByFormerKey(rewrapped))
        #expect(try Keyring(master: try MasterKey(keys: [second])).unwrap(rewrapped).copy == key.copy)
        #expect(after.keyedDigest(purpose: "stock", data: [1]) == before.keyedDigest(purpose: "stock", data: [1]))
    }

    @Test("Digests of different purposes, texts and installations have nothing in common, and stay as they are")
    func digests() throws {
        let keyring = Keyring(master: try MasterKey(keys: [first]))
        let digest = keyring.keyedDigest(purpose: "stock", data: Array("ABCD".utf8))
        #expect(digest != keyring.keyedDigest(purpose: "mail", data: Array("ABCD".utf8)))
        #expect(digest != keyring.keyedDigest(purpose: "stock", data: Array("ABCE".utf8)))
        #expect(digest != Keyring(master: try MasterKey(keys: [second])).keyedDigest(purpose: "stock", data: Array("ABCD".utf8)))
        // Computed with Python: HKDF (RFC 5869) of the key, salt "keyfront", info "keyfront/1/stock"; then HMAC.
        #expect(Hex.encode(digest) == "6535b7ac9f220784303a4fc52fc2af2bd44c9e1ca1b5241bc024352825860fe9")
    }
}
