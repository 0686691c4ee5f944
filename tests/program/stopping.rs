//! Told to stop (SIGTERM): what is being answered is answered to the end, and the exit code is 0.
use super::program::{Program, all_rows, expense, folder};
use std::{
    sync::atomic::{AtomicU32, Ordering},
    thread,
};

/// Nobody gets half an answer: a write that was sent is either acknowledged and there, or the connection was refused.
#[test]
fn what_is_in_flight_is_finished() {
    let folder = folder("stop");
    let mut program = Program::start(&folder);
    let (person, budget) = program.owner();
    let acknowledged = AtomicU32::new(0);
    thread::scope(|scope| {
        for writer in 0..4 {
            let (person, budget, acknowledged) = (&person, &budget, &acknowledged);
            scope.spawn(move || {
                for number in 1_u32.. {
                    let key = format!("w{writer}n{number}");
                    match person.json("POST", "/api/expenses", &key, &expense(&key, 100, budget)) {
                        Some((201, ..)) => acknowledged.fetch_add(1, Ordering::SeqCst),
                        Some((status, _, body)) => panic!("{status}: {body}"),
                        None => return,
                    };
                }
            });
        }
        while acknowledged.load(Ordering::SeqCst) < 40 {
            thread::yield_now();
        }
        program.signal("TERM");
        assert!(program.child.wait().unwrap().success(), "exit code 0");
    });
    let program = Program::start(&folder);
    let mut person = program.person();
    person.enter("/api/auth/login");
    assert_eq!(all_rows(&person).len(), acknowledged.load(Ordering::SeqCst) as usize);
    drop(program);
    let _ = std::fs::remove_dir_all(folder);
}
