//! Intents: their answers, once and only once, epochs, dependents.

use crate::check::{Fail, Verdict, holds, same};
use crate::laptop::{as_value, refused, title};
use crate::moment::id;
use crate::shop::Shop;
use api::feed::kind;
use api::intent::{Action, Outcome, PushAnswer, refusal};
use api::product::ProductState;
use api::stock::Reason;
use futures_util::future::join_all;
use serde_json::{Value, json};
use std::time::Duration;

pub async fn answers(shop: &Shop<'_>) -> Verdict {
    let laptop = &shop.one;
    let answer: PushAnswer = laptop.push_reply(&[]).await?.good()?;
    holds(answer.answers.is_empty(), "no answers to no intents", &answer)?;
    holds(
        (answer.server_ms - laptop.time()).abs() < 60_000,
        "the marketplace's time",
        answer.server_ms,
    )?;
    let piece = id();
    let intents: Vec<_> = (0..5)
        .map(|n| laptop.intent(title(&piece, &format!("Olla {n}"))))
        .collect();
    let outcomes = laptop.push(&intents).await?;
    same("outcomes", &outcomes, &vec![Outcome::Applied; 5])?;
    let state: ProductState = shop.state(kind::PRODUCT, &piece).await?;
    same("the last title", &state.fields["title"].value, &json!("Olla 4"))
}

pub async fn brief(shop: &Shop<'_>) -> Verdict {
    let laptop = &shop.one;
    let piece = id();
    let before = laptop.intent(title(&piece, "Antes"));
    same("the first", &laptop.push_one(&before).await?, &Outcome::Applied)?;
    let mut values = vec![as_value(&before)?, json!(7)];
    for n in 0..3 {
        values.push(laptop.value(title(&piece, &format!("Olla {n}")))?);
    }
    let reply = laptop
        .post("/push?brief=true", &json!({"intents": values}))
        .await?;
    let answer: PushAnswer = reply.good()?;
    let counted = answer.answers.len() + answer.applied;
    same("answers, named and counted", &counted, &values.len())?;
    let of = |id: &str| {
        answer
            .answers
            .iter()
            .find(|answer| answer.id == id)
            .map(|answer| &answer.outcome)
    };
    same(
        "the one that came again",
        &of(&before.id),
        &Some(&Outcome::Already),
    )?;
    let none = of("").ok_or_else(|| Fail::miss("an answer to the one that is none", &answer))?;
    refused(none, refusal::INVALID)?;
    let state: ProductState = shop.state(kind::PRODUCT, &piece).await?;
    same("the last title", &state.fields["title"].value, &json!("Olla 2"))
}

pub async fn one_bad(shop: &Shop<'_>) -> Verdict {
    let laptop = &shop.one;
    let (first, last) = (id(), id());
    let values = [
        laptop.value(title(&first, "Cántaro"))?,
        json!(7),
        json!("nonsense"),
        Value::Null,
        json!({"id": "no-intent"}),
        json!({"id": "a b", "action": {}}),
        laptop.value(title(&id(), &"ñ".repeat(100_000)))?,
        laptop.value(title(&id(), "a\u{0}b"))?,
        laptop.value(title(&last, "Olla"))?,
    ];
    let outcomes = laptop.push_reply(&values).await?.good::<PushAnswer>()?.answers;
    same("answers", &outcomes.len(), &values.len())?;
    for (at, answer) in outcomes.iter().enumerate() {
        if at == 0 || at == values.len() - 1 {
            same("a good intent", &answer.outcome, &Outcome::Applied)?;
        } else {
            refused(&answer.outcome, refusal::INVALID)?;
        }
    }
    for piece in [first, last] {
        shop.state::<ProductState>(kind::PRODUCT, &piece).await?;
    }
    Ok(())
}

pub async fn again(shop: &Shop<'_>) -> Verdict {
    let piece = shop.piece("Otra vez", 1).await?;
    let laptop = &shop.one;
    let movement = laptop.movement(&piece, 4, Reason::Made);
    let intent = laptop.intent(Action::MoveStock { movement });
    let (before, _) = shop.end().await?;
    let twice = laptop.push(&[intent.clone(), intent.clone()]).await?;
    same("outcomes", &twice, &vec![Outcome::Applied, Outcome::Already])?;
    same("outcome", &laptop.push_one(&intent).await?, &Outcome::Already)?;
    same("the feed's end", &shop.end().await?.0, &(before + 1))?;
    let bad = laptop.intent(title(&piece, &"x".repeat(100_000)));
    for _ in 0..2 {
        // What was refused stays so.
        refused(&laptop.push_one(&bad).await?, refusal::INVALID)?;
    }
    Ok(())
}

pub async fn at_once(shop: &Shop<'_>) -> Verdict {
    let piece = shop.piece("A la vez", 1).await?;
    let laptop = &shop.one;
    let movement = laptop.movement(&piece, 4, Reason::Made);
    let intent = laptop.intent(Action::MoveStock { movement });
    let (before, _) = shop.end().await?;
    let outcomes = join_all((0..8).map(|_| laptop.push_one(&intent))).await;
    let outcomes: Vec<Outcome> = outcomes.into_iter().collect::<Result<_, _>>()?;
    let applied = outcomes
        .iter()
        .filter(|outcome| **outcome == Outcome::Applied)
        .count();
    let already = outcomes
        .iter()
        .filter(|outcome| **outcome == Outcome::Already)
        .count();
    same("applied and already", &(applied, already), &(1, 7))?;
    same("the feed's end", &shop.end().await?.0, &(before + 1))
}

pub async fn id_reused(shop: &Shop<'_>) -> Verdict {
    let laptop = &shop.one;
    let piece = id();
    let mut intent = laptop.intent(title(&piece, "Primera"));
    same("outcome", &laptop.push_one(&intent).await?, &Outcome::Applied)?;
    intent.action = title(&piece, "Segunda");
    refused(&laptop.push_one(&intent).await?, refusal::ID_REUSED)?;
    let state: ProductState = shop.state(kind::PRODUCT, &piece).await?;
    same("the title", &state.fields["title"].value, &json!("Primera"))
}

pub async fn digest(shop: &Shop<'_>) -> Verdict {
    let laptop = &shop.one;
    let piece = id();
    let mut intent = laptop.intent(title(&piece, "Olla"));
    same("outcome", &laptop.push_one(&intent).await?, &Outcome::Applied)?;
    // A laptop that takes a new epoch sends the same under other numbers; what it knew may be more by now.
    (intent.epoch, intent.seq, intent.base) = (intent.epoch + 1, 77, 5);
    same(
        "under other numbers",
        &laptop.push_one(&intent).await?,
        &Outcome::Already,
    )?;
    let value = as_value(&intent)?;
    let (stamp, action) = (&value["stamp"], &value["action"]);
    // As text, with every object's fields the other way round.
    let turned = format!(
        "{{\"intents\":[{{\"action\":{{\"fields\":{{\"title\":\"\\u004flla\"}},\"product_id\":{},\"verb\":\"set_product\"}},\
         \"stamp\":{{\"n\":{},\"laptop\":{},\"ms\":{}}},\"schema\":1,\"seq\":77,\"epoch\":{},\"id\":{}}}]}}",
        action["product_id"], stamp["n"], stamp["laptop"], stamp["ms"], value["epoch"], value["id"]
    );
    let request = laptop.request(reqwest::Method::POST, "/push").body(turned);
    let answer: PushAnswer = crate::wire::send(request).await?.good()?;
    same(
        "fields in another order",
        &answer.answers[0].outcome,
        &Outcome::Already,
    )?;
    intent.stamp.n += 1;
    refused(&laptop.push_one(&intent).await?, refusal::ID_REUSED).map(drop)
}

pub async fn epoch_reused(shop: &Shop<'_>) -> Verdict {
    let laptop = &shop.one;
    let piece = id();
    let used = laptop.intent(title(&piece, "Olla"));
    same("outcome", &laptop.push_one(&used).await?, &Outcome::Applied)?;
    let mut copy = laptop.intent(title(&piece, "De la copia"));
    copy.seq = used.seq;
    for _ in 0..2 {
        refused(&laptop.push_one(&copy).await?, refusal::EPOCH_REUSED)?;
    }
    // The same intent under the next epoch is welcome.
    copy.epoch = laptop.next_epoch();
    copy.seq = laptop.intent(title(&piece, "")).seq;
    same(
        "under the next epoch",
        &laptop.push_one(&copy).await?,
        &Outcome::Applied,
    )
}

pub async fn older_epoch(shop: &Shop<'_>) -> Verdict {
    let laptop = &shop.one;
    let piece = id();
    let old = laptop.epoch();
    laptop.next_epoch();
    laptop.does(title(&piece, "Nueva época")).await?;
    let mut late = laptop.intent(title(&piece, "De antes"));
    (late.epoch, late.seq) = (old, 1_000_000);
    refused(&laptop.push_one(&late).await?, refusal::EPOCH_REUSED)?;
    // Nobody else's numbers are touched by it.
    shop.two()?.does(title(&id(), "De la otra")).await
}

pub async fn waits(shop: &Shop<'_>) -> Verdict {
    let laptop = &shop.one;
    let piece = id();
    let first = laptop.intent(title(&piece, "Primera"));
    let mut second = laptop.intent(title(&piece, "Segunda"));
    second.depends_on = vec![first.id.clone()];
    let waits = Outcome::Deferred {
        code: refusal::WAITS.to_owned(),
    };
    same(
        "before what it depends on",
        &laptop.push_one(&second).await?,
        &waits,
    )?;
    let both = laptop.push(&[second.clone(), first]).await?;
    same("in the wrong order", &both, &vec![waits, Outcome::Applied])?;
    same(
        "after what it depends on",
        &laptop.push_one(&second).await?,
        &Outcome::Applied,
    )?;
    let state: ProductState = shop.state(kind::PRODUCT, &piece).await?;
    same("the title", &state.fields["title"].value, &json!("Segunda"))
}

pub async fn dependents(shop: &Shop<'_>) -> Verdict {
    let laptop = &shop.one;
    let piece = id();
    let bad = laptop.intent(title(&piece, &"x".repeat(1_000)));
    let mut follows = laptop.intent(title(&piece, "Sigue"));
    follows.depends_on = vec![bad.id.clone()];
    let mut further = laptop.intent(title(&piece, "Más"));
    further.depends_on = vec![follows.id.clone()];
    let fine = laptop.intent(title(&id(), "Aparte"));
    let outcomes = laptop.push(&[bad, follows, further, fine]).await?;
    refused(&outcomes[0], refusal::INVALID)?;
    refused(&outcomes[1], refusal::DEPENDS_ON_REFUSED)?;
    refused(&outcomes[2], refusal::DEPENDS_ON_REFUSED)?;
    same("what depends on nothing", &outcomes[3], &Outcome::Applied)
}

pub async fn many_dependents(shop: &Shop<'_>) -> Verdict {
    let laptop = &shop.one;
    let known = laptop.intent(title(&id(), "Conocida"));
    same("outcome", &laptop.push_one(&known).await?, &Outcome::Applied)?;
    let mut greedy = laptop.intent(title(&id(), "Avara"));
    greedy.depends_on = vec![known.id; 50_000];
    let reply = laptop.push_reply(&[as_value(&greedy)?]).await?;
    let answer: PushAnswer = reply.good()?;
    refused(&answer.answers[0].outcome, refusal::INVALID)?;
    holds(
        reply.took < Duration::from_secs(2),
        "an answer within 2 s",
        reply.took,
    )
}

pub async fn newer(shop: &Shop<'_>) -> Verdict {
    let laptop = &shop.one;
    let mut values = Vec::new();
    for _ in 0..3 {
        values.push(laptop.value(title(&id(), "Olla"))?);
    }
    values[0]["action"] = json!({"verb": "gift_wrap", "paper": "amate"});
    values[1]["schema"] = json!(api::SCHEMA + 1);
    let newer = Outcome::Deferred {
        code: refusal::NEWER_SCHEMA.to_owned(),
    };
    let outcomes = laptop.push_values(&values).await?;
    same(
        "outcomes",
        &outcomes,
        &vec![newer.clone(), newer, Outcome::Applied],
    )?;
    // It is not held against the laptop: said in words that are known, it is taken.
    values[1]["schema"] = json!(api::SCHEMA);
    same(
        "outcomes",
        &laptop.push_values(&values[1..2]).await?,
        &vec![Outcome::Applied],
    )
}
