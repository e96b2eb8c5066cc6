//! A batch is read at once and written at once. It must come to what the same intents come to one by one.

use crate::harness::{Laptop, World};
use api::intent::PushAnswer;
use serde_json::{Value, json};
use sqlx::Executor;

crate::on_both_databases!(
    a_batch_comes_to_what_its_intents_come_to,
    one_that_the_database_refuses_takes_no_other_with_it,
);

/// splitmix64: the same for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[usize::try_from(self.below(of.len() as u64)).unwrap()]
    }
}

/// Stands for the shop in every id, so that two shops can do the same.
const SHOP: &str = "@@";

fn action(dice: &mut Dice) -> Value {
    let piece = format!("{SHOP}-piece-{}", dice.below(5));
    let hash = format!("{:064x}", dice.below(3));
    match dice.below(12) {
        0..=4 => {
            let mut fields = json!({});
            for _ in 0..=dice.below(3) {
                let (name, value) = match dice.below(6) {
                    0 => ("title", json!(format!("Olla {}", dice.below(4)))),
                    1 => ("price", json!({"minor": 100 + dice.below(3), "currency": "MXN"})),
                    2 => ("published", json!(dice.below(2) == 0)),
                    3 => ("story", json!(format!("Cuento {}", dice.below(4)))),
                    4 => ("weight_g", json!(dice.below(40_000))),
                    _ => ("glaze", json!("clear")),
                };
                fields[name] = value;
            }
            json!({"verb": "set_product", "product_id": piece, "fields": fields})
        }
        5..=7 => json!({"verb": "move_stock", "movement": {
            "id": format!("{SHOP}-movement-{}", dice.below(12)), "product_id": piece,
            "delta": i64::try_from(dice.below(9)).unwrap() - 4, "reason": dice.one(&["made", "fair", "sold"]),
            "order_id": null, "note": "", "at_ms": 1_700_000_000_000_i64, "by": format!("{SHOP}-one")}}),
        8 => json!({"verb": "attach_photo", "product_id": piece, "place": "m",
            "photo": {"hash": hash, "large": hash, "small": hash, "alt": "", "width": 10, "height": 10}}),
        9 => json!({"verb": "detach_photo", "product_id": piece, "hash": hash}),
        10 => {
            json!({"verb": "settle_conflict", "conflict_id": format!("{piece}-{}", dice.one(&["title", "price"]))})
        }
        _ => json!({"verb": "accept_order", "order_id": format!("{SHOP}-order")}),
    }
}

fn batch(dice: &mut Dice, laptop: &str, epoch: u64) -> Vec<Value> {
    let mut intents: Vec<Value> = Vec::new();
    for seq in 1..=60_u64 {
        let n = intents.len() as u64;
        let old = (n > 0).then(|| intents[usize::try_from(dice.below(n)).unwrap()].clone());
        let old = old.filter(|old| old.get("epoch").is_some());
        let intent = match (dice.below(14), old) {
            // The same again, under its own number or under one that another has.
            (0, Some(old)) => old,
            (1, Some(mut old)) => {
                old["id"] = json!(format!("{SHOP}-{laptop}-{epoch}-{seq}"));
                old
            }
            (2, Some(mut old)) => {
                old["action"] = action(dice);
                old
            }
            (3, _) => dice
                .one(&[json!(7), json!({"id": "x"}), json!({"id": "y", "schema": 99})])
                .clone(),
            (way, old) => {
                let depends_on = match (way, old) {
                    (4, Some(old)) if old["id"].is_string() => vec![old["id"].clone()],
                    (5, _) => vec![json!("never-heard-of")],
                    _ => Vec::new(),
                };
                json!({"id": format!("{SHOP}-{laptop}-{epoch}-{seq}"), "epoch": epoch, "seq": seq, "schema": 1,
                    "stamp": {"ms": 1_700_000_000_000_i64 + i64::try_from(dice.below(50)).unwrap(), "n": seq,
                              "laptop": format!("{SHOP}-{laptop}")},
                    "base": dice.one(&[0, 5, 1_000]), "depends_on": depends_on, "action": action(dice)})
            }
        };
        intents.push(intent);
    }
    intents
}

fn of_shop(shop: &str, values: &[Value]) -> Vec<Value> {
    let text = serde_json::to_string(values).unwrap();
    serde_json::from_str(&text.replace(SHOP, shop)).unwrap()
}

/// What a shop says, in words that fit every shop; when something happened is the clock's.
fn of_any_shop(shop: &str, said: &impl serde::Serialize) -> Value {
    fn timeless(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                for name in ["at_ms", "settled_ms"] {
                    if let Some(there) = fields.get_mut(name) {
                        *there = json!(there.is_null());
                    }
                }
                fields.values_mut().for_each(timeless);
            }
            Value::Array(items) => items.iter_mut().for_each(timeless),
            _ => {}
        }
    }
    let text = serde_json::to_string(said).unwrap();
    let mut value: Value =
        serde_json::from_str(&text.replace(&format!("{shop}-"), &format!("{SHOP}-"))).unwrap();
    timeless(&mut value);
    value
}

async fn outcomes(laptop: &Laptop, shop: &str, intents: &[Value]) -> Vec<Value> {
    let response = laptop.push_values(&of_shop(shop, intents)).await;
    assert_eq!(response.status(), 200);
    let answer: PushAnswer = response.json().await.unwrap();
    answer
        .answers
        .iter()
        .map(|answer| of_any_shop(shop, answer))
        .collect()
}

struct Shops {
    /// By turns the laptops of the shop that sends batches, and of the one that sends one by one.
    together: [Laptop; 2],
    alone: [Laptop; 2],
}

impl Shops {
    async fn open(world: &World, round: u64) -> Self {
        let mut shops = Vec::new();
        for name in ["t", "a"] {
            let email = world.seller(&format!("{name}{round}")).await;
            let one = world.laptop_of(&email, &format!("{name}{round}-one")).await;
            let two = world.laptop_of(&email, &format!("{name}{round}-two")).await;
            shops.push([one, two]);
        }
        let alone = shops.pop().unwrap();
        let together = shops.pop().unwrap();
        Self { together, alone }
    }

    /// The same from both, and the same comes of it.
    async fn agree(&self, round: u64, laptop: usize, intents: &[Value]) {
        let (together, alone) = (format!("t{round}"), format!("a{round}"));
        let at_once = outcomes(&self.together[laptop], &together, intents).await;
        for (n, intent) in intents.iter().enumerate() {
            let by_itself = outcomes(&self.alone[laptop], &alone, std::slice::from_ref(intent)).await;
            assert_eq!(by_itself[0], at_once[n], "round {round}, intent {n}: {intent}");
        }
        assert_eq!(
            of_any_shop(&together, &self.together[0].feed().await),
            of_any_shop(&alone, &self.alone[0].feed().await),
            "round {round}"
        );
    }
}

async fn a_batch_comes_to_what_its_intents_come_to(world: World) {
    for round in 0..2 {
        let mut dice = Dice(round);
        let shops = Shops::open(&world, round).await;
        for epoch in 1..=2 {
            for (n, laptop) in ["one", "two"].into_iter().enumerate() {
                shops.agree(round, n, &batch(&mut dice, laptop, epoch)).await;
            }
        }
    }
}

/// A title that the database does not take, whatever the rules say.
const REFUSED: &str = "Olla 2";

async fn refuse(world: &World) {
    let mut writing = world.server.database().begin().await.unwrap();
    // PostgreSQL takes a rule for a table that is there; SQLite does not.
    let checked = format!("ALTER TABLE products ADD CONSTRAINT refused CHECK (title <> '{REFUSED}')");
    if writing.execute(sqlx::AssertSqlSafe(checked)).await.is_ok() {
        return writing.commit().await.unwrap();
    }
    writing.rollback().await.unwrap();
    let mut writing = world.server.database().begin().await.unwrap();
    writing
        .execute("CREATE TABLE refusals (title TEXT CHECK (title IS NULL))")
        .await
        .unwrap();
    for event in ["INSERT", "UPDATE"] {
        let trigger = format!(
            "CREATE TRIGGER refused_{event} BEFORE {event} ON products WHEN new.title = '{REFUSED}' \
             BEGIN INSERT INTO refusals VALUES (new.title); END"
        );
        writing.execute(sqlx::AssertSqlSafe(trigger)).await.unwrap();
    }
    writing.commit().await.unwrap();
}

async fn one_that_the_database_refuses_takes_no_other_with_it(world: World) {
    refuse(&world).await;
    for round in 0..2 {
        let mut dice = Dice(1_000 + round);
        let shops = Shops::open(&world, round).await;
        for (n, laptop) in ["one", "two"].into_iter().enumerate() {
            let mut intents = batch(&mut dice, laptop, 1);
            intents[30] = json!({"id": format!("{SHOP}-refused-{n}"), "epoch": 1, "seq": 100, "schema": 1,
                "stamp": {"ms": 1_700_000_000_900_i64, "n": 0, "laptop": format!("{SHOP}-{laptop}")},
                "depends_on": [], "action": {"verb": "set_product", "product_id": format!("{SHOP}-piece-0"),
                                             "fields": {"title": REFUSED}}});
            shops.agree(round, n, &intents).await;
        }
    }
}
