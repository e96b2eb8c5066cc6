//! The list of checks, by the section of `docs/sync.md` that each holds the marketplace to.

mod compression;
mod conflicts;
mod events;
mod feed;
mod leases;
mod limits;
mod orders;
mod parity;
mod photos;
mod pieces;
mod push;
mod refusals;
mod robustness;
mod sign_in;
mod stock;
mod tokens;

use crate::check::Check;

macro_rules! checks {
    ($($section:literal: $($name:literal => $body:path),+ $(,)?;)+) => {
        vec![$($(Check { section: $section, name: $name, body: |shop| Box::pin($body(shop)) }),+),+]
    };
}

pub fn all() -> Vec<Check> {
    checks! {
        "§4.1": "a laptop waits for its seller's word" => sign_in::waits,
            "a seller may say no" => sign_in::may_say_no,
            "codes that were made up get nothing" => sign_in::made_up,
            "a laptop without a good id or name is not let in" => sign_in::bad_names;
        "§4.2": "without a good access token nothing is answered" => tokens::without,
            "a refresh token brings the next pair, and within its grace once more" => tokens::rotates,
            "two refreshes at once do not sign a laptop out" => tokens::raced,
            "a copied refresh token ends the family, a lost answer does not" => tokens::reused;
        "§4.3": "a revoked laptop is out at once" => tokens::revoked;
        "§5.1": "each intent has its own answer, in their order" => push::answers,
            "intents that were applied may be counted instead" => push::brief,
            "one bad intent spoils nothing but itself" => push::one_bad;
        "§5.2": "the same intent again is answered `already`" => push::again,
            "the same intent eight times at once has one effect" => push::at_once,
            "the same id with another body is refused" => push::id_reused,
            "the digest is of stamp and action, whatever the order of fields" => push::digest;
        "§5.3": "a used sequence number wants a new epoch" => push::epoch_reused,
            "an older epoch is over" => push::older_epoch;
        "§5.4": "an intent waits for what it depends on" => push::waits,
            "a refusal takes its dependents with it" => push::dependents,
            "no list of dependents holds the marketplace up" => push::many_dependents,
            "what a newer laptop says is deferred, alone" => push::newer;
        "§5.5": "fields of pieces are refused beyond their limits" => refusals::fields,
            "photos of pieces are refused that are none" => refusals::photos,
            "movements are refused that are not a laptop's" => refusals::movements,
            "commands to orders that are not there are refused" => refusals::orders,
            "parcels and drop-offs are refused that do not fit" => refusals::parcels,
            "a conflict that is not there cannot be settled" => refusals::conflicts;
        "§6.1": "the later write of a field wins, whichever comes first" => pieces::later_wins,
            "fields are merged one by one" => pieces::field_by_field,
            "fields that nobody knows are kept" => pieces::unknown_fields;
        "§6.2": "a stamp from 2099 is taken back to now, and given back" => pieces::far_future,
            "writes from 2099 keep their order" => pieces::far_future_order,
            "a stamp from 1970 is taken, and loses" => pieces::far_past;
        "§6.3": "photos are added, moved, removed and added again" => pieces::strip,
            "an added photo stays although another, who did not know, removed it" => pieces::adds_win;
        "§6.4": "a write that did not know of another laptop's is a conflict" => conflicts::either_order,
            "what was known, or is the same, or is no matter, is no conflict" => conflicts::none,
            "a conflict is settled once for all laptops" => conflicts::settled;
        "§7": "stock is the sum of movements, each counted once" => stock::ledger,
            "a laptop's movement is the laptop's, and not from the future" => stock::by_whom;
        "§8.1": "an order goes its way by commands" => orders::way,
            "a cancelled order takes nothing more, and its pieces are back" => orders::cancelled;
        "§8.2": "parcels are numbered, and handed in once" => orders::parcels;
        "§7.1": "what is sold once too often is told on the order" => orders::oversold;
        "§9": "a lease asked for again is the same one" => leases::idempotent,
            "leases never meet" => leases::disjoint,
            "numbers are for the laptop that leased them" => leases::own,
            "leases that no post has are refused" => leases::wrong;
        "§10.1": "positions are dense and in order" => feed::dense,
            "pages of any size give the same records" => feed::pages,
            "a record comes once, as it stands" => feed::compacted,
            "a quiet feed keeps its cursor" => feed::quiet;
        "§10.2": "a cursor that was made up is gone" => feed::forged,
            "a brief page leaves out what the laptop knows, and nothing else" => feed::brief;
        "§10.3": "the first reading begins with what is urgent" => feed::urgent;
        "§11": "sums of all buckets are those of the feed" => parity::buckets,
            "the digests of a bucket are those of its records" => parity::records,
            "records can be asked for by name" => parity::by_name,
            "a sum that differs is answered with the right one" => parity::of_the_feed;
        "§12": "a push is hinted at, and the stream resumes" => events::hint,
            "a stream is kept alive" => events::heartbeat;
        "§13": "chunks come in any order, and twice" => photos::any_order,
            "an upload goes on after a cut at any byte" => photos::cut,
            "wrong bytes are refused and forgotten" => photos::wrong_digest,
            "chunks of a wrong number or length are refused" => photos::wrong_chunks,
            "only photos of a size that is taken" => photos::sizes;
        "§14.1": "a body that is no JSON is refused" => limits::bad_json,
            "a push that is too large is refused" => limits::too_large,
            "a push may be as large as the limits say" => limits::just_right;
        "§14.2": "bodies may come as zstd" => compression::bodies,
            "answers come as zstd to those who read it" => compression::answers,
            "a small body that is huge inside is refused at once" => compression::bombs,
            "a broken zstd body is refused" => compression::broken;
        "§14.3": "no intents make the marketplace fail or hang" => robustness::push,
            "no names of records do" => robustness::records,
            "no request for numbers does" => robustness::leases,
            "no offer of a photo does" => robustness::offers,
            "no chunk does" => robustness::chunks,
            "no cursor, limit or sum does" => robustness::feed,
            "no bucket does" => robustness::parity,
            "no laptop's id does" => robustness::laptops,
            "no grant does" => robustness::token,
            "no wish to sign in does" => robustness::authorize;
        "§17": "what nobody knows is ignored, routes apart" => limits::unknown;
    }
}
