//! Faults that are planted on purpose, to show that the simulator finds them. They live here alone: around the
//! engine, the rules and the disk, never in them.

/// A broken behaviour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// A push that nobody answered is taken to be acknowledged.
    AnswerNotAwaited,
    /// A restored laptop uses its sequence numbers again, and takes the refusal of them for an acknowledgement.
    SequenceUsedAgain,
    /// The feed's cursor is a time instead of a position.
    CursorIsATime,
    /// Stock below zero becomes zero in the marketplace.
    StockClamped,
    /// The cursor is on the disk before the page's records are.
    CursorBeforePage,
    /// What a person did is on the disk, and the intent about it is not.
    IntentLost,
    /// The marketplace does not know that it had an intent before.
    AppliedTwice,
    /// Intents travel without what they depend on.
    DependentsFreed,
    /// After `gone`, acknowledged intents are not offered again.
    NotOfferedAgain,
    /// A restored laptop goes on with the block of numbers that was in the backup.
    LeaseUsedAgain,
    /// The marketplace takes stamps from the future as they are.
    FutureTaken,
    /// A laptop that was in the future once stays there.
    ClockDragged,
    /// An older state of an order comes after a newer one.
    OrderMovesBack,
    /// A hint's position is taken for what was read.
    HintIsTruth,
    /// What was deferred is never sent again.
    DeferredForgotten,
    /// The value that loses a conflict is thrown away.
    LoserDropped,
    /// Removing a photo takes away one that the person did not know of.
    RemovalWins,
    /// Nobody is told that a piece was sold twice.
    OversoldUnsaid,
    /// Nobody is told that the marketplace refused something.
    RefusalUnsaid,
    /// A marketplace that was put back to yesterday goes on as if nothing had happened.
    EpochKept,
    /// A marketplace that was put back to yesterday leases yesterday's numbers once more.
    SerialsForgotten,
    /// A record that is gone from a marketplace that was put back stays on the laptops.
    GhostsKept,
    /// A laptop takes it for granted that what it wrote itself stands as it is here.
    OwnNotCompared,
    /// A laptop takes over a page without those of its own records that it could not fetch.
    OwnNotFetched,
    /// What is deferred is counted among what was applied.
    DeferralCounted,
    /// A laptop does not look whether what was taken of it had its effect.
    TakenUnproven,
    /// A laptop whose sum is not the marketplace's takes over the marketplace's sum.
    SumAdopted,
    /// A laptop that compares records does not see those that it has lost.
    LostNotFetched,
    /// A record's older state is not taken out of the sum.
    SumOnlyGrows,
    /// A record's digest is of its name alone.
    NamesDigested,
    /// A laptop throws away records of a kind that it does not know.
    UnknownDropped,
    /// What was kept for a newer version is never taken.
    ParkedForgotten,
    /// What was kept for a newer version replaces what has come since.
    ParkedOverNewer,
    /// An older version that changes a field empties those that it does not know.
    UnknownErased,
    /// The marketplace says that it has a photo when one chunk is still lacking.
    WholeTooSoon,
    /// The marketplace does not look whether a photo is what its name says.
    WholeNotHashed,
    /// A photo that was cut off is sent from its beginning.
    AllChunksAgain,
    /// After `gone`, photos that were sent are not offered again.
    PhotosNotOfferedAgain,
    /// While a photo travels, nobody looks what a person has changed.
    ChangesBehindPhotos,
}

impl Fault {
    pub const ALL: [Self; 39] = [
        Self::AnswerNotAwaited,
        Self::SequenceUsedAgain,
        Self::CursorIsATime,
        Self::StockClamped,
        Self::CursorBeforePage,
        Self::IntentLost,
        Self::AppliedTwice,
        Self::DependentsFreed,
        Self::NotOfferedAgain,
        Self::LeaseUsedAgain,
        Self::FutureTaken,
        Self::ClockDragged,
        Self::OrderMovesBack,
        Self::HintIsTruth,
        Self::DeferredForgotten,
        Self::LoserDropped,
        Self::RemovalWins,
        Self::OversoldUnsaid,
        Self::RefusalUnsaid,
        Self::EpochKept,
        Self::SerialsForgotten,
        Self::GhostsKept,
        Self::OwnNotCompared,
        Self::OwnNotFetched,
        Self::DeferralCounted,
        Self::TakenUnproven,
        Self::SumAdopted,
        Self::LostNotFetched,
        Self::SumOnlyGrows,
        Self::NamesDigested,
        Self::UnknownDropped,
        Self::ParkedForgotten,
        Self::ParkedOverNewer,
        Self::UnknownErased,
        Self::WholeTooSoon,
        Self::WholeNotHashed,
        Self::AllChunksAgain,
        Self::PhotosNotOfferedAgain,
        Self::ChangesBehindPhotos,
    ];

    /// As it is given on the command line: "AnswerNotAwaited".
    pub fn name(self) -> String {
        format!("{self:?}")
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|fault| fault.name().eq_ignore_ascii_case(name))
    }
}
