//! Sums, computed from the feed and compared.

use crate::check::{Fail, Verdict, holds, same};
use crate::feed::Reader;
use crate::shop::Shop;
use crate::{moment::id, sums};
use api::feed::{Entry, FeedPage};
use api::limits::ENTRIES_PER_PAGE;
use api::parity::{ParityAnswer, RecordDigest, RecordName, RecordsAnswer, RecordsRequest};
use std::collections::BTreeMap;

async fn all(shop: &Shop<'_>) -> Result<Reader, Fail> {
    // Something to sum up, with letters and numbers of all kinds.
    let fields = serde_json::json!({
        "title": "Ñandú «\u{1f9f6}» \"\\/", "story": "a\n\tb", "zz": {"b": -1, "a": [true, null, {}], "n": 9_007_199_254_740_993_i64},
    });
    shop.one.does(crate::laptop::set(&id(), fields)).await?;
    let mut reader = Reader::default();
    reader.catch_up(&shop.one).await?;
    Ok(reader)
}

async fn bucket_sums(shop: &Shop<'_>) -> Result<BTreeMap<String, String>, Fail> {
    match shop.one.get("/parity").await?.good()? {
        ParityAnswer::Buckets(buckets) => Ok(buckets),
        other => Err(Fail::miss("the sums of buckets", other)),
    }
}

pub async fn buckets(shop: &Shop<'_>) -> Verdict {
    let reader = all(shop).await?;
    let (expected, _) = sums::of(reader.records.values());
    same("sums", &bucket_sums(shop).await?, &expected)?;
    // After a change they are still right, and what did not change has the sum from before.
    let before = expected;
    let reader = all(shop).await?;
    let (expected, _) = sums::of(reader.records.values());
    same("sums", &bucket_sums(shop).await?, &expected)?;
    let changed = expected
        .iter()
        .filter(|(name, sum)| before.get(*name) != Some(*sum));
    same("buckets that changed", &changed.count(), &1)
}

pub async fn records(shop: &Shop<'_>) -> Verdict {
    let reader = all(shop).await?;
    let mut by_bucket: BTreeMap<String, Vec<RecordDigest>> = BTreeMap::new();
    for entry in reader.records.values() {
        let digest = RecordDigest {
            kind: entry.kind.clone(),
            id: entry.id.clone(),
            digest: sums::written(sums::digest(entry)),
        };
        by_bucket
            .entry(sums::bucket(&entry.kind, &entry.id))
            .or_default()
            .push(digest);
    }
    for (bucket, mut expected) in by_bucket.into_iter().take(20) {
        let reply = shop.one.get(&format!("/parity?bucket={bucket}")).await?;
        let ParityAnswer::Records(mut records) = reply.good()? else {
            return Err(Fail::miss("the records of a bucket", reply.said()));
        };
        let key = |digest: &RecordDigest| (digest.kind.clone(), digest.id.clone());
        expected.sort_by_key(key);
        records.sort_by_key(key);
        same("digests", &records, &expected)?;
    }
    for made_up in ["xyz", "%00", "ZZ", "-1", "%2Bf", ""] {
        shop.one
            .get(&format!("/parity?bucket={made_up}"))
            .await?
            .is(422, "invalid")?;
    }
    Ok(())
}

pub async fn by_name(shop: &Shop<'_>) -> Verdict {
    let reader = all(shop).await?;
    let wanted: Vec<&Entry> = reader.records.values().take(30).collect();
    let name = |kind: &str, id: &str| RecordName {
        kind: kind.to_owned(),
        id: id.to_owned(),
    };
    let mut names: Vec<RecordName> = wanted.iter().map(|entry| name(&entry.kind, &entry.id)).collect();
    for (kind, id) in [
        ("product", id().as_str()),
        ("no_such_kind", "x"),
        ("", ""),
        ("product", "a\u{0}b"),
    ] {
        names.push(name(kind, id));
    }
    let ask = async |records: Vec<RecordName>| {
        let body = crate::laptop::as_value(&RecordsRequest { records })?;
        shop.one.post("/records", &body).await
    };
    let mut answer: RecordsAnswer = ask(names).await?.good()?;
    let key = |entry: &Entry| (entry.kind.clone(), entry.id.clone());
    answer.entries.sort_by_key(key);
    let wanted: Vec<Entry> = wanted.into_iter().cloned().collect();
    same("entries", &answer.entries, &wanted)?;
    let many = (0..=ENTRIES_PER_PAGE).map(|n| name("product", &n.to_string()));
    ask(many.collect()).await?.is_refused()?;
    let answer: RecordsAnswer = ask(Vec::new()).await?.good()?;
    holds(answer.entries.is_empty(), "nothing for nothing", answer)
}

pub async fn of_the_feed(shop: &Shop<'_>) -> Verdict {
    let reader = all(shop).await?;
    let (_, right) = sums::of(reader.records.values());
    let cursor = reader.cursor.clone().unwrap_or_default();
    let ask = async |after: &str, sum: &str| shop.one.feed(&[("after", after), ("sum", sum)]).await;
    let agree = ask(&cursor, &right).await?;
    same(
        "nothing when they agree",
        &(agree.status, agree.bytes.len()),
        &(204, 0),
    )?;
    for wrong in ["0000000000000000", "no sum"] {
        let page: FeedPage = ask(&cursor, wrong).await?.good()?;
        same("the right sum when they differ", &page.sum, &Some(right.clone()))?;
        let nothing_else = page.entries.is_empty() && !page.more;
        holds(nothing_else, "nothing else", &page)?;
    }
    // The page that reaches the end has the sum there; one before it has none.
    all(shop).await?;
    let reader = all(shop).await?;
    let (_, newest) = sums::of(reader.records.values());
    let page: FeedPage = shop.one.page(Some(&cursor), 1).await?;
    same("no sum before the end", &(page.sum, page.more), &(None, true))?;
    let page: FeedPage = shop.one.page(Some(&cursor), 500).await?;
    same(
        "the sum at the end",
        &(page.sum, page.more),
        &(Some(newest), false),
    )
}
