import Catalog

/// Which program is running: another one may render the same sources in another way.
enum RunningProgram {
    /// The digest of how the program's file looks. A program that was built anew has another.
    static let digest: UInt64 = {
        let stamp = FileStamp("/proc/self/exe")
        var digester = Digester()
        digester.add(stamp.inode)
        digester.add(UInt64(bitPattern: stamp.size))
        digester.add(UInt64(bitPattern: stamp.modified))
        return digester.digest
    }()
}
