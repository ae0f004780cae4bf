package import Payments

/// What a fact did.
package struct NoticeOutcome: Sendable {
    package enum Effect: String, Sendable, Hashable, CaseIterable {
        /// Keys went out now.
        case fulfilled
        /// Paid, but keys are missing.
        case owed
        /// Told before: nothing happened.
        case duplicate
        /// Kept for a person.
        case review
        /// It changed the order otherwise: refunded, disputed, released.
        case applied
        /// Stored; it changes nothing.
        case ignored
        /// Its delivery came before with another body: it is a forgery, and nothing of it was kept.
        case forged
    }

    package var effect: Effect
    /// What the payment layer makes of the fact beside the order, for logs and replies.
    package var decision: Decision
    /// The order it is about; nil if none of ours.
    package var order: String?
    /// Its state now.
    package var state: OrderState?
}
