//! What the page may ask for: one file per area, named as in `shop` and in `ui`.

mod backup;
mod catalog;
mod conflicts;
mod credentials;
mod matching;
mod orders;
mod phone;
mod photos;
mod settings;
mod shipping;
mod stock;
mod syncing;
mod today;

use shop::backup::view::BackupProgress;
use shop::photos::folder_table::view::MatchChange;
use shop::photos::view::PhotoAdded;
use shop::writing::Area;
use tauri::Wry;
use tauri::ipc::Invoke;
use tauri_specta::{Builder, collect_commands};

/// Every command of the generated bindings, and those that travel as bytes.
pub struct Commands {
    builder: Builder<Wry>,
}

pub fn builder() -> Commands {
    // Minor units, grams and milliseconds stay far below 2^53, where a JavaScript number is exact.
    let builder = Builder::<Wry>::new()
        .dangerously_cast_bigints_to_number()
        .disable_serde_phases()
        .commands(collect_commands![
            backup::backup_drill,
            backup::backup_folder_forget,
            backup::backup_folder_pick,
            backup::backup_now,
            backup::backup_restore,
            backup::backup_state,
            backup::rescue_begin_again,
            backup::rescue_look,
            backup::rescue_restore,
            backup::rescue_salvage,
            catalog::product_create,
            catalog::product_delete,
            catalog::product_duplicate,
            catalog::product_edit,
            catalog::product_get,
            catalog::product_list,
            catalog::product_publish,
            catalog::product_restore,
            catalog::product_suggestions,
            catalog::product_withdraw,
            conflicts::conflict_list,
            conflicts::conflict_settle,
            credentials::key_keep,
            credentials::key_unlock,
            credentials::keyring_again,
            credentials::laptop_list,
            credentials::laptop_revoke,
            credentials::open_address,
            credentials::sign_in_begin,
            credentials::sign_in_cancel,
            credentials::sign_in_poll,
            credentials::sign_out,
            matching::match_assign,
            matching::match_close,
            matching::match_open,
            matching::match_pick,
            matching::match_pieces,
            matching::match_sources,
            matching::match_staged,
            matching::match_stop,
            matching::match_take,
            matching::paper_cards,
            orders::order_accept,
            orders::order_cancel,
            orders::order_get,
            orders::order_list,
            orders::order_pack,
            orders::order_services,
            phone::phone_close,
            phone::phone_open,
            photos::photo_look_copy,
            photos::photo_look_get,
            photos::photo_look_set,
            photos::photo_move,
            photos::photo_remove,
            photos::photo_restore,
            photos::photo_shot_set,
            settings::painted,
            settings::preferences_set,
            settings::shop_begin,
            settings::shop_state,
            shipping::drop_off_close,
            shipping::drop_off_get,
            shipping::drop_off_left,
            shipping::drop_off_page,
            shipping::office_list,
            shipping::order_label,
            shipping::paper_drop_off,
            shipping::paper_label,
            stock::oversold_list,
            stock::stock_count,
            stock::stock_history,
            stock::stock_move,
            syncing::lost_order_dismiss,
            syncing::refused_dismiss,
            syncing::refused_retry,
            syncing::sync_cap_lift,
            syncing::sync_cap_set,
            syncing::sync_now,
            syncing::sync_pause,
            syncing::sync_state,
            today::today,
        ]);
    let builder = builder
        .typ::<PhotoAdded>()
        .typ::<Area>()
        .typ::<MatchChange>()
        .typ::<BackupProgress>();
    Commands { builder }
}

impl Commands {
    /// Commands with JSON are the builder's; those that take a body of bytes it does not know.
    pub fn invoke_handler(self) -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
        // The handler borrows from its builder, and both live as long as the window.
        let builder: &'static Builder<Wry> = Box::leak(Box::new(self.builder));
        let json = builder.invoke_handler();
        let bytes: Box<dyn Fn(Invoke<Wry>) -> bool + Send + Sync> =
            Box::new(tauri::generate_handler![matching::match_stage, photos::photo_add]);
        move |invoke| match invoke.message.command() {
            "match_stage" | "photo_add" => bytes(invoke),
            _ => json(invoke),
        }
    }

    /// The bindings as TypeScript.
    pub fn builder(&self) -> &Builder<Wry> {
        &self.builder
    }
}
