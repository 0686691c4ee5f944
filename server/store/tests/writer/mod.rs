//! The process that `durability.rs` kills: writes rows and bank files until then, and says on standard output what was
//! acknowledged.
use service::{
    ports::store::{ImportCommit, Store},
    testing::builders as make,
};
use std::{io::Write as _, path::Path, sync::Arc};
use store::open;

/// Each run takes a `series` of its own, from 1 to 4000; its imports have that many rows.
pub fn write_until_killed(file: &Path, series: u32, rows: u32) {
    let user = make::person(1).user.id;
    let budget = make::budget(user, 1).id;
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let store: Arc<dyn Store> = Arc::new(open(file).unwrap());
        for round in 0.. {
            let number = series * 1_000_000 + round * 10;
            let tasks: Vec<_> = (0..8)
                .map(|n| {
                    let store = Arc::clone(&store);
                    tokio::spawn(async move {
                        let row = make::expense(user, Some(budget), number + n, i64::from(number + n));
                        store.create_expense(&make::write(user, 1), &row).await.unwrap();
                        say(&format!("expense {}", row.id));
                    })
                })
                .collect();
            if round % 4 == 1 {
                let import = make::import(user, Some(budget), number);
                store.stage_import(&make::write(user, 1), &import, &[]).await.unwrap();
                let row = |line| {
                    let mut row = make::imported(&import, line, 1 + i64::from(line));
                    row.id.0[..8].copy_from_slice(&(u64::from(number) << 32 | u64::from(line)).to_be_bytes());
                    // Another file each time: nothing is a duplicate.
                    row.external_id = Some(format!("{number}-{line}"));
                    row
                };
                let expenses = (0..rows).map(row).collect();
                let commit = ImportCommit { import_id: import.id, accounts: Vec::new(), expenses };
                store.commit_import(&make::write(user, 1), commit).await.unwrap();
                say(&format!("import {}", import.id));
            }
            for task in tasks {
                task.await.unwrap();
            }
        }
    });
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\nack {line}").and_then(|()| out.flush()).unwrap();
}
