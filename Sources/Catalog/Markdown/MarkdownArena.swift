import CCmark
import Glibc

/// Memory for libcmark's trees: taken piece by piece from a few large blocks and given back all at once.
///
/// A tree has hundreds of small parts, and allocating and freeing each took a third of the time of a text. Every thread has an
/// arena of its own; the only state that libcmark's allocator functions can reach is that of their thread.
enum MarkdownArena {
    /// Kept for the next text; a larger text takes more blocks, which are given back after it.
    private static let blockSize = 256 << 10
    /// Before each piece stands its size; pieces begin at multiples of 16.
    private static let header = 16

    private struct Block {
        let memory: UnsafeMutableRawPointer
        let size: Int
    }

    private struct State {
        /// The last one is being filled; the first is never given back.
        var blocks: [Block]
        /// Bytes taken of the last block.
        var used = 0
        /// A block that was given back inside a scope: where one text ends just before the end of a block, the next needs it again.
        var spare: Block?
    }

    /// Never changed after it was made; the functions in it capture nothing.
    nonisolated(unsafe) static let memory: UnsafeMutablePointer<cmark_mem> = {
        let memory = UnsafeMutablePointer<cmark_mem>.allocate(capacity: 1)
        memory.initialize(
            to: cmark_mem(
                calloc: { count, size in MarkdownArena.piece(count &* size) },
                realloc: { old, size in MarkdownArena.resized(old, size) },
                free: { _ in }))
        return memory
    }()

    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        pthread_key_create(&key) { if let state = $0 { MarkdownArena.discard(state) } }
        return key
    }()

    /// Runs `body`; what libcmark allocates inside it with ``memory`` is gone afterwards. Scopes may stand in each other.
    static func scope(_ body: () -> Void) {
        let state = state()
        let (count, used) = (state.pointee.blocks.count, state.pointee.used)
        body()
        while state.pointee.blocks.count > count {
            state.pointee.spare.map { free($0.memory) }
            state.pointee.spare = state.pointee.blocks.removeLast()
        }
        state.pointee.used = used
        if used == 0, let spare = state.pointee.spare {
            free(spare.memory)
            state.pointee.spare = nil
        }
    }

    private static func state() -> UnsafeMutablePointer<State> {
        if let known = pthread_getspecific(key) { return known.assumingMemoryBound(to: State.self) }
        let state = UnsafeMutablePointer<State>.allocate(capacity: 1)
        state.initialize(to: State(blocks: [block(blockSize)]))
        pthread_setspecific(key, state)
        return state
    }

    private static func discard(_ pointer: UnsafeMutableRawPointer) {
        let state = pointer.assumingMemoryBound(to: State.self)
        for block in state.pointee.blocks { free(block.memory) }
        state.deinitialize(count: 1)
        state.deallocate()
    }

    /// `size` bytes of zeros.
    private static func piece(_ size: Int) -> UnsafeMutableRawPointer {
        let piece = room(size)
        memset(piece, 0, size)
        return piece
    }

    private static func room(_ size: Int) -> UnsafeMutableRawPointer {
        let state = state()
        let needed = header + (size + 15) & ~15
        var top = state.pointee.blocks[state.pointee.blocks.count - 1]
        if state.pointee.used + needed > top.size {
            if let spare = state.pointee.spare, spare.size >= needed {
                state.pointee.spare = nil
                top = spare
            } else {
                top = block(max(needed, min(top.size * 2, 64 << 20)))
            }
            state.pointee.blocks.append(top)
            state.pointee.used = 0
        }
        let place = top.memory + state.pointee.used
        place.storeBytes(of: size, as: Int.self)
        state.pointee.used += needed
        return place + header
    }

    private static func resized(_ old: UnsafeMutableRawPointer?, _ size: Int) -> UnsafeMutableRawPointer {
        guard let old else { return room(size) }
        let before = (old - header).load(as: Int.self)
        if size <= before { return old }
        let new = room(size)
        memcpy(new, old, before)
        return new
    }

    /// As libcmark's own allocator it gives up when there is no memory: nothing could be built without.
    private static func block(_ size: Int) -> Block {
        guard let memory = malloc(size) else { abort() }
        return Block(memory: memory, size: size)
    }
}
