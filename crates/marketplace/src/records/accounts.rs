//! Accounts of sellers and clerks.

use crate::error::Error;
use sqlx::{AnyConnection, AnyPool};

/// What an account may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Seller,
    Clerk,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Seller => "seller",
            Self::Clerk => "clerk",
        }
    }
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Account {
    pub id: String,
    pub kind: String,
    pub email: String,
    pub name: String,
    /// Argon2, in the PHC form.
    pub password: String,
    pub shop_id: Option<String>,
    /// The code of a clerk's office.
    pub office: Option<String>,
}

impl Account {
    pub fn is(&self, kind: Kind) -> bool {
        self.kind == kind.as_str()
    }
}

pub async fn by_email(pool: &AnyPool, email: &str) -> Result<Option<Account>, Error> {
    Ok(sqlx::query_as(
        "SELECT id, kind, email, name, password, shop_id, office FROM accounts WHERE email = $1",
    )
    .bind(email)
    .fetch_optional(pool)
    .await?)
}

pub async fn all(pool: &AnyPool) -> Result<Vec<Account>, Error> {
    Ok(sqlx::query_as(
        "SELECT id, kind, email, name, password, shop_id, office FROM accounts ORDER BY kind DESC, email",
    )
    .fetch_all(pool)
    .await?)
}

/// The seller that a shop belongs to.
pub async fn of_shop(pool: &AnyPool, shop: &str) -> Result<Option<Account>, Error> {
    Ok(sqlx::query_as(
        "SELECT id, kind, email, name, password, shop_id, office FROM accounts \
         WHERE shop_id = $1 ORDER BY created_ms, id LIMIT 1",
    )
    .bind(shop)
    .fetch_optional(pool)
    .await?)
}

/// Adds the account, or gives the one with this address new particulars.
pub async fn put(connection: &mut AnyConnection, account: &Account, now_ms: i64) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO accounts (id, kind, email, name, password, shop_id, office, created_ms) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) \
         ON CONFLICT (email) DO UPDATE SET name = excluded.name, password = excluded.password, \
         shop_id = excluded.shop_id, office = excluded.office",
    )
    .bind(&account.id)
    .bind(&account.kind)
    .bind(&account.email)
    .bind(&account.name)
    .bind(&account.password)
    .bind(&account.shop_id)
    .bind(&account.office)
    .bind(now_ms)
    .execute(connection)
    .await?;
    Ok(())
}
