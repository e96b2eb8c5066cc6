//! Doing what the engine asks: one job, on this laptop's disk or over the network.

use super::wire::{PAGE_ANSWER, SMALL_ANSWER, Said, Wire};
use super::{Command, feed, lost, numbers, outbox, own, parity, photos};
use crate::Shop;
use crate::fault::{Fault, Result};
use crate::settings::store::{self as settings, name};
use crate::writing::Area;
use api::auth::{Laptop, Me};
use api::feed::{Entry, FeedPage, kind};
use api::intent::{IntentAnswer, Outcome, Push, PushAnswer, refusal};
use api::lease::Lease;
use sqlx::SqliteConnection;
use std::sync::atomic::Ordering;
use sync::engine::words::{Answer, Job, Trouble};
use sync::parity::Sum;
use sync::stamps::Clock;

type Done = std::result::Result<Answer, Trouble>;

/// Who we are is asked again after this long.
const ME_MS: i64 = 24 * 60 * 60_000;
/// Longest a push of 4 MiB may take over a poor line.
const PUSH_TIME: std::time::Duration = std::time::Duration::from_secs(240);

pub async fn run(shop: Shop, job: Job) -> Done {
    if !job.is_network() {
        return on_disk(&shop, job).await.map_err(local);
    }
    let wire = shop.wire().await?;
    let keeper = &shop.sync().keeper;
    match job {
        Job::RefreshToken => {
            keeper.renew(&shop, &wire).await?;
            Ok(Answer::Done)
        }
        Job::FetchPhoto { hash } => photos::fetch(&shop, &wire, &hash).await,
        job => {
            let token = keeper.access(&shop, &wire).await?;
            over_network(&shop, &wire, &token, job).await
        }
    }
}

fn local(fault: Fault) -> Trouble {
    Trouble::Local {
        cause: fault.to_string(),
    }
}

async fn on_disk(shop: &Shop, job: Job) -> Result<Answer> {
    Ok(match job {
        Job::LoadOutbox {
            after,
            limit,
            deferred,
        } => {
            let (intents, more) = outbox::load(shop, after, limit, deferred).await?;
            Answer::Outbox { intents, more }
        }
        Job::Record(answers) => {
            let renumbered = outbox::record(shop, &answers).await?;
            let waits = |answer: &IntentAnswer| matches!(&answer.outcome, Outcome::Deferred { code } if code == refusal::WAITS);
            if answers.iter().any(waits) {
                lost::settle(shop).await?;
            }
            Answer::Recorded { renumbered }
        }
        Job::Apply(page) => {
            let (more, before) = (page.more, sum(shop).await?);
            let named = |entry: &Entry| [kind::CONFLICT, kind::MOVEMENT].contains(&entry.kind.as_str());
            let names = page.entries.iter().any(named);
            let agrees = feed::apply(shop, page).await?;
            if names && crate::conflicts::any_stranger(&mut *shop.read().acquire().await?).await? {
                shop.tell(Command::Stranger);
            }
            if !more {
                lost::settle(shop).await?;
            }
            if !agrees {
                Answer::Differs
            } else if more && sum(shop).await? == before {
                Answer::Known {
                    records: parity::count(shop).await?,
                }
            } else {
                Answer::Done
            }
        }
        Job::ForgetCursor => {
            feed::forget_cursor(shop).await?;
            Answer::Done
        }
        Job::LoadUpload { except } => Answer::Upload(photos::load_upload(shop, &except).await?),
        Job::MarkSent { hash } => {
            photos::mark_sent(shop, &hash).await?;
            Answer::Done
        }
        Job::LoadDownload { except } => Answer::Download(photos::load_download(shop, &except).await?),
        Job::LoadLease => Answer::LeaseWanted(numbers::wanted(shop).await?),
        Job::SaveLease(lease) => {
            numbers::save(shop, &lease).await?;
            Answer::Done
        }
        other => return Err(Fault::internal(format!("{other:?} is not the disk's"))),
    })
}

async fn over_network(shop: &Shop, wire: &Wire, token: &str, job: Job) -> Done {
    match job {
        Job::Push(intents) => {
            let push = Push { intents };
            let sent = wire
                .send_packed("/push?brief=true", token, &push, Some(PUSH_TIME))
                .await?;
            let answer: PushAnswer = wire.read(sent, PAGE_ANSWER).await?;
            let answer = own::spelled_out(&push, answer)?;
            correct_clock(shop, answer.server_ms).await.map_err(local)?;
            Ok(Answer::Pushed(answer))
        }
        Job::PullFeed { after } => {
            let sum = sum(shop).await.map_err(local)?.to_string();
            let brief = ("brief", "true".to_owned());
            let query: Vec<_> = [
                after.clone().map(|after| ("after", after)),
                Some(("sum", sum)),
                Some(brief),
            ]
            .into_iter()
            .flatten()
            .collect();
            let sent = wire
                .send(wire.get_with("/feed", &query)?.bearer_auth(token))
                .await;
            let page = match wire.read_if_any(sent, PAGE_ANSWER).await? {
                Said::Something(page) => own::completed(shop, wire, token, page).await?,
                Said::Nothing { server_ms } => {
                    lost::nothing_more(shop).await.map_err(local)?;
                    FeedPage {
                        entries: Vec::new(),
                        own: Vec::new(),
                        cursor: after.unwrap_or_default(),
                        more: false,
                        server_ms: server_ms.unwrap_or_else(|| shop.world().now_ms()),
                        sum: None,
                    }
                }
            };
            correct_clock(shop, page.server_ms).await.map_err(local)?;
            Ok(Answer::Page(page))
        }
        Job::Mend => {
            parity::mend(shop, wire, token).await?;
            Ok(Answer::Done)
        }
        Job::OfferPhoto(upload) => photos::offer(shop, wire, token, &upload).await,
        Job::SendChunk { upload, n } => photos::chunk(shop, wire, token, &upload, n).await,
        Job::RequestLease(request) => {
            let sent = wire
                .send(wire.post("/leases").bearer_auth(token).json(&request))
                .await;
            let lease: Lease = wire.read(sent, SMALL_ANSWER).await?;
            if numbers::is_sound(shop, &request, &lease).await.map_err(local)? {
                Ok(Answer::Leased(lease))
            } else {
                Err(Trouble::NotAMarketplace)
            }
        }
        Job::FetchMe => {
            let sent = wire.send(wire.get("/me").bearer_auth(token)).await;
            let me: Me = wire.read(sent, SMALL_ANSWER).await?;
            let sent = wire.send(wire.get("/laptops").bearer_auth(token)).await;
            let laptops: Vec<Laptop> = wire.read(sent, SMALL_ANSWER).await?;
            keep_me(shop, &me, &laptops).await
        }
        other => Err(Trouble::Local {
            cause: format!("{other:?} is not the network's"),
        }),
    }
}

/// Writes down who we are, when that has changed, and tidies up on the way.
async fn keep_me(shop: &Shop, me: &Me, laptops: &[Laptop]) -> Done {
    let known = shop.me().await.map_err(local)?;
    if known.as_ref().is_some_and(|known| known.shop_id != me.shop_id) {
        tracing::error!("the marketplace says that this is another shop");
        return Err(Trouble::SignInNeeded);
    }
    correct_clock(shop, me.server_ms).await.map_err(local)?;
    let same = known.is_some_and(|known| {
        Me {
            server_ms: me.server_ms,
            ..known
        } == *me
    });
    let keep = async {
        let mut writing = shop.begin().await?;
        if !same {
            let stored = serde_json::to_string(me)?;
            settings::set(writing.connection(), name::ME, &stored).await?;
            writing.touches(Area::Settings);
        }
        let now_ms = writing.now_ms().to_string();
        settings::set(writing.connection(), name::ME_MS, &now_ms).await?;
        crate::conflicts::learn_laptops(&mut writing, laptops).await?;
        outbox::tidy(&mut writing).await?;
        feed::unpark(&mut writing).await?;
        writing.commit().await
    };
    keep.await.map_err(local)?;
    Ok(Answer::Done)
}

/// Whether the marketplace said within a day who we are, by this laptop's clock.
pub async fn knows_me(shop: &Shop, connection: &mut SqliteConnection) -> Result<bool> {
    let now_ms = shop.world().now_ms();
    let at_ms: Option<i64> = settings::get(connection, name::ME_MS)
        .await?
        .and_then(|ms| ms.parse().ok());
    Ok(at_ms.is_some_and(|at_ms| (0..ME_MS).contains(&now_ms.saturating_sub(at_ms))))
}

async fn sum(shop: &Shop) -> Result<Sum> {
    parity::sum(&mut *shop.read().acquire().await?).await
}

/// The latest time that the marketplace told may be this much older on the disk.
const HEARD_STEP_MS: i64 = 10 * 60_000;

/// Learns the marketplace's time. The disk is touched only when the clocks differ, or when it was long ago.
async fn correct_clock(shop: &Shop, server_ms: i64) -> Result<()> {
    let now_ms = shop.world().now_ms();
    let heard = &shop.sync().heard_ms;
    let known = settings::clock(&mut *shop.read().acquire().await?).await?;
    let heard_ms = heard.load(Ordering::Relaxed).max(known.heard_ms);
    let correct = |clock: Clock| {
        let mut corrected = Clock { heard_ms, ..clock };
        corrected.correct(server_ms, now_ms);
        corrected
    };
    let corrected = correct(known);
    heard.store(corrected.heard_ms, Ordering::Relaxed);
    let lately = Clock {
        heard_ms: corrected.heard_ms,
        ..known
    };
    if corrected == lately && (0..HEARD_STEP_MS).contains(&(corrected.heard_ms - known.heard_ms)) {
        return Ok(());
    }
    let mut writing = shop.begin().await?;
    let clock = correct(settings::clock(writing.connection()).await?);
    settings::set_clock(writing.connection(), clock).await?;
    writing.commit().await
}
