//! Writing a piece down: new, autosaved, copied, deleted and brought back.

use super::view::{FieldChange, Product, StockKind};
use super::{rules, store};
use crate::Shop;
use crate::fault::{Code, Fault, Result};
use crate::writing::{Area, Writing};
use api::intent::Action;
use api::product::{ProductState, field};
use api::stock::Reason;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Changes in one transaction: the editor has 15 fields.
const CHANGES: usize = 64;

/// Changes that keep the rules, as they are written.
struct Changes {
    fields: Vec<(&'static str, Value)>,
    becomes_unique: bool,
}

impl Changes {
    fn of(changes: Vec<FieldChange>) -> Result<Self> {
        if changes.len() > CHANGES {
            return Err(Fault::new(Code::NotUnderstood).with("field", ""));
        }
        Ok(Self {
            becomes_unique: changes
                .iter()
                .any(|c| matches!(c, FieldChange::StockKind(StockKind::Unique))),
            fields: changes
                .into_iter()
                .map(rules::change)
                .collect::<Result<Vec<_>>>()?,
        })
    }

    /// False when nothing differs from what is there.
    async fn write(self, writing: &mut Writing<'_>, state: &mut ProductState) -> Result<bool> {
        let fields: BTreeMap<String, Value> = self
            .fields
            .into_iter()
            .filter(|(name, value)| state.fields.get(*name).map(|there| &there.value) != Some(value))
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        if fields.is_empty() {
            return Ok(false);
        }
        set_fields(writing, state, fields).await?;
        if self.becomes_unique {
            let on_hand = crate::stock::store::on_hand(writing.connection(), &state.id).await?;
            if on_hand > 1 {
                crate::stock::record(writing, &state.id, 1 - on_hand, Reason::Counted, "").await?;
            }
        }
        Ok(true)
    }
}

impl Shop {
    /// A new piece: a draft, one of a kind until she says otherwise.
    pub async fn product_create(&self) -> Result<Product> {
        self.product_add(Vec::new()).await
    }

    /// A new piece with what is known of it already, in one transaction.
    ///
    /// Faults: as of [`Shop::product_edit`]; then there is no piece.
    pub async fn product_add(&self, changes: Vec<FieldChange>) -> Result<Product> {
        self.product_add_counted(changes, 1).await
    }

    /// As [`Shop::product_add`], with so many of them, in the same transaction. Fault `OutOfRange` too.
    pub async fn product_add_counted(&self, changes: Vec<FieldChange>, counted: i64) -> Result<Product> {
        let changes = Changes::of(changes)?;
        crate::stock::check_count(counted)?;
        let mut writing = self.begin().await?;
        let id = writing.id();
        let mut state = ProductState {
            id: id.clone(),
            ..ProductState::default()
        };
        let mut fields = BTreeMap::from([(field::STOCK_MODE.to_owned(), json!("unique"))]);
        fields.extend(
            changes
                .fields
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value)),
        );
        set_fields(&mut writing, &mut state, fields).await?;
        if counted > 0 {
            crate::stock::record(&mut writing, &id, counted, Reason::Made, "").await?;
        }
        writing.commit().await?;
        self.product(&id).await
    }

    /// Everything about a piece.
    pub async fn product(&self, id: &str) -> Result<Product> {
        store::product(&mut *self.read().acquire().await?, id).await
    }

    /// Autosave: the changes of a moment, all or none.
    ///
    /// Faults: `TooLong`, `OutOfRange`, `NotUnderstood` with the field; then nothing was written.
    pub async fn product_edit(&self, id: &str, changes: Vec<FieldChange>) -> Result<Product> {
        self.product_edit_counted(id, changes, None).await
    }

    /// As [`Shop::product_edit`], and how many there are by a count, in the same transaction. Fault `OutOfRange` too.
    pub async fn product_edit_counted(
        &self,
        id: &str,
        changes: Vec<FieldChange>,
        counted: Option<i64>,
    ) -> Result<Product> {
        let changes = Changes::of(changes)?;
        counted.map_or(Ok(()), crate::stock::check_count)?;
        let mut writing = self.begin().await?;
        let mut state = store::state(writing.connection(), id).await?;
        let mut changed = changes.write(&mut writing, &mut state).await?;
        if let Some(counted) = counted {
            let on_hand = crate::stock::store::on_hand(writing.connection(), id).await?;
            changed |= crate::stock::count(&mut writing, id, on_hand, counted).await?;
        }
        if changed {
            writing.commit().await?;
        }
        self.product(id).await
    }

    /// Takes a piece out of the shop. It can be brought back with [`Shop::product_restore`].
    pub async fn product_delete(&self, id: &str) -> Result<()> {
        let mut writing = self.begin().await?;
        let mut state = store::state(writing.connection(), id).await?;
        let mut fields = BTreeMap::from([(field::DELETED.to_owned(), json!(true))]);
        if state
            .fields
            .get(field::PUBLISHED)
            .is_some_and(|there| there.value == json!(true))
        {
            fields.insert(field::PUBLISHED.to_owned(), json!(false));
        }
        set_fields(&mut writing, &mut state, fields).await?;
        writing.commit().await
    }

    pub async fn product_restore(&self, id: &str) -> Result<Product> {
        let mut writing = self.begin().await?;
        let mut state = store::state(writing.connection(), id).await?;
        let fields = BTreeMap::from([(field::DELETED.to_owned(), json!(false))]);
        set_fields(&mut writing, &mut state, fields).await?;
        writing.commit().await?;
        self.product(id).await
    }

    /// A draft with the same words, price and photos, for a sister piece.
    pub async fn product_duplicate(&self, id: &str) -> Result<Product> {
        let mut writing = self.begin().await?;
        let original = store::state(writing.connection(), id).await?;
        let copy_id = writing.id();
        let mut state = ProductState {
            id: copy_id.clone(),
            ..ProductState::default()
        };
        let fields = original
            .fields
            .iter()
            .filter(|(name, _)| ![field::SKU, field::PUBLISHED, field::DELETED].contains(&name.as_str()))
            .map(|(name, there)| (name.clone(), there.value.clone()))
            .collect();
        set_fields(&mut writing, &mut state, fields).await?;
        for placed in sync::products::strip(&original) {
            crate::photos::attach(
                &mut writing,
                &mut state,
                placed.photo.clone(),
                placed.place.clone(),
            )
            .await?;
        }
        crate::stock::record(&mut writing, &copy_id, 1, Reason::Made, "").await?;
        writing.commit().await?;
        self.product(&copy_id).await
    }
}

/// Sets fields of a piece. Fault `NotFound`.
pub(crate) async fn set(writing: &mut Writing<'_>, id: &str, fields: BTreeMap<String, Value>) -> Result<()> {
    let mut state = store::state(writing.connection(), id).await?;
    set_fields(writing, &mut state, fields).await
}

/// Sets fields under one stamp, writes the piece and the intent.
pub(super) async fn set_fields(
    writing: &mut Writing<'_>,
    state: &mut ProductState,
    fields: BTreeMap<String, Value>,
) -> Result<()> {
    let stamp = writing.stamp().await?;
    for (name, value) in &fields {
        sync::products::set_field(state, name, value.clone(), &stamp);
    }
    store::write(writing, state, true).await?;
    let product_id = state.id.clone();
    writing
        .record(
            stamp,
            &product_id,
            Vec::new(),
            Action::SetProduct {
                product_id: product_id.clone(),
                fields,
            },
        )
        .await?;
    writing.touches(Area::Catalog);
    Ok(())
}
