//! What a process and all its descendants use, from /proc.

use std::collections::BTreeMap;
use std::fs;

/// Of a whole tree of processes.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub struct Use {
    /// Proportional set size: memory shared with others counts by its share.
    pub pss_kib: u64,
    /// User and system time in ticks of 10 ms.
    pub cpu_ticks: u64,
    pub processes: usize,
}

/// Sums over the process and its descendants that are alive now.
pub fn measure(top: u32) -> Use {
    let mut parents = BTreeMap::new();
    let mut ticks = BTreeMap::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().flatten() {
        let Some(id) = entry
            .file_name()
            .to_str()
            .and_then(|name| name.parse::<u32>().ok())
        else {
            continue;
        };
        let Ok(stat) = fs::read_to_string(format!("/proc/{id}/stat")) else {
            continue;
        };
        if let Some((parent, cpu)) = parent_and_ticks(&stat) {
            parents.insert(id, parent);
            ticks.insert(id, cpu);
        }
    }
    let mut whole = Use::default();
    for (&id, &cpu) in &ticks {
        if id == top || descends(&parents, id, top) {
            whole.processes += 1;
            whole.cpu_ticks += cpu;
            whole.pss_kib += pss(&fs::read_to_string(format!("/proc/{id}/smaps_rollup")).unwrap_or_default());
        }
    }
    whole
}

fn descends(parents: &BTreeMap<u32, u32>, mut id: u32, top: u32) -> bool {
    while let Some(&parent) = parents.get(&id) {
        if parent == top {
            return true;
        }
        id = parent;
    }
    false
}

/// The parent's id, and user plus system ticks, from /proc/ID/stat (proc(5)).
fn parent_and_ticks(stat: &str) -> Option<(u32, u64)> {
    // The name stands in parentheses and may hold spaces and parentheses itself.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let user: u64 = fields.get(11)?.parse().ok()?;
    let system: u64 = fields.get(12)?.parse().ok()?;
    Some((fields.get(1)?.parse().ok()?, user + system))
}

fn pss(smaps: &str) -> u64 {
    smaps
        .lines()
        .find_map(|line| line.strip_prefix("Pss:"))
        .and_then(|rest| rest.split_whitespace().next()?.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_line_is_read_past_its_name() {
        let stat = "42 (a (b) c) S 7 42 42 0 -1 4194304 100 0 0 0 250 50 0 0 20 0 1 0 100 1 1";
        assert_eq!(parent_and_ticks(stat), Some((7, 300)));
    }

    #[test]
    fn proportional_size_is_found() {
        assert_eq!(
            pss("Rss:    900 kB\nPss:                 512 kB\nPss_Dirty: 3 kB\n"),
            512
        );
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn this_process_uses_memory() {
        let own = measure(std::process::id());
        assert!(own.pss_kib > 0 && own.processes >= 1, "{own:?}");
    }
}
