//! What the engine says of itself, and when it wants to be woken.

use super::lane::Kind;
use super::words::{Effect, Phase, Status, Trouble};
use super::{Account, Engine, LeaseStep, PullStep, PushStep, Stream, UploadStep};

impl Engine {
    pub(super) fn say(&mut self) {
        let wake = self.wake_at();
        let status = self.status(wake);
        if self.said.as_ref() != Some(&status) {
            self.said = Some(status.clone());
            self.effects.push(Effect::Status(status));
        }
        if self.said_wake != wake {
            self.said_wake = wake;
            self.effects.push(Effect::WakeAt(wake));
        }
    }

    fn status(&self, wake: Option<i64>) -> Status {
        let trouble = self.trouble();
        let phase = match (self.account, &trouble) {
            (Account::Out, _) => Phase::SignedOut,
            (Account::Revoked, _) => Phase::Revoked,
            (Account::In, _) if self.paused => Phase::Paused,
            (Account::In, Some(Trouble::Unreachable)) => Phase::Offline,
            (Account::In, Some(_)) => Phase::Troubled,
            (Account::In, None) if !matches!(self.push.step, PushStep::Rest) => Phase::Sending,
            (Account::In, None) if self.pull.busy => Phase::Receiving,
            (Account::In, None) if !matches!(self.upload.step, UploadStep::Rest) => Phase::SendingPhotos,
            (Account::In, None) if self.pull.differs => Phase::Comparing,
            (Account::In, None) => Phase::Idle,
        };
        let waits = matches!(phase, Phase::Offline | Phase::Troubled);
        Status {
            phase,
            trouble: trouble.filter(|_| waits),
            retry_ms: wake.filter(|_| waits),
            agreed_ms: self.agreed_ms,
        }
    }

    fn trouble(&self) -> Option<Trouble> {
        if self.link.down.is_some() {
            return self.link.down.clone();
        }
        [Kind::Token, Kind::Push, Kind::Pull]
            .into_iter()
            .filter_map(|kind| self.lanes.get(&kind)?.trouble.clone())
            // Those two are the link's, which is up again.
            .find(|trouble| !matches!(trouble, Trouble::Unreachable | Trouble::NotAMarketplace))
    }

    /// The next time at which something is due by itself.
    pub(super) fn wake_at(&self) -> Option<i64> {
        if self.account != Account::In || self.paused {
            return None;
        }
        let mut times = vec![self.reconcile_at, self.push.deferred_at, self.mend_at()];
        let is_down = self.link.down.is_some();
        if self.stay && matches!(self.stream, Stream::Closed) && !is_down && !self.stale {
            times.push(Some(self.stream_at));
        }
        for (kind, lane) in &self.lanes {
            if lane.flying.is_some() {
                continue;
            }
            let (pending, local) = self.pending(*kind);
            if !pending && !lane.wanted {
                continue;
            }
            let at = if local || !is_down {
                lane.not_before
            } else if *kind == self.probe() {
                lane.not_before.max(self.link.retry_at)
            } else {
                continue;
            };
            times.push(Some(at));
        }
        // What is due and was not begun waits for a job that is under way.
        times.into_iter().flatten().filter(|at| *at > self.now_ms).min()
    }

    /// Whether a lane is in the middle of something, and whether the next of it is the disk's.
    fn pending(&self, kind: Kind) -> (bool, bool) {
        match kind {
            Kind::Token => (self.stale, false),
            Kind::Push => (
                !matches!(self.push.step, PushStep::Rest) || self.push.sweep.is_some(),
                matches!(self.push.step, PushStep::Answered { .. }),
            ),
            Kind::Pull => (
                !matches!(self.pull.step, PullStep::Rest),
                matches!(self.pull.step, PullStep::Page(_) | PullStep::Gone),
            ),
            Kind::Me => (false, false),
            Kind::Lease => (
                !matches!(self.lease, LeaseStep::Rest),
                matches!(self.lease, LeaseStep::Got(_)),
            ),
            Kind::Upload => (
                !matches!(self.upload.step, UploadStep::Rest),
                matches!(self.upload.step, UploadStep::Whole(_)),
            ),
            Kind::Fetch => (self.fetch.hash.is_some(), false),
        }
    }
}
